package main

import (
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestFullLoadInLittleMemory asks far more of the program than it has memory for:
// uploads, streams, pages and forms at once, with the bound that it takes where a
// machine gives it 256 MiB. It says "come back", never holds more than those, and
// what it said was kept is there.
func TestFullLoadInLittleMemory(t *testing.T) {
	const most = 256 << 10 // KiB; GOMEMLIMIT is what is left of it, see memory.Keep
	t.Setenv("GOMEMLIMIT", "205MiB")
	demo := run(t, "--data", t.TempDir())
	crowd := newCrowd(t, demo.printed(t))
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
	defer stop()
	var all sync.WaitGroup
	for range 24 {
		all.Go(func() { crowd.until(ctx, crowd.upload) })
		all.Go(func() { crowd.until(ctx, crowd.look) })
	}
	for range 800 {
		all.Go(func() { crowd.until(ctx, crowd.stream) })
	}
	for n := range 4 {
		all.Go(func() { crowd.until(ctx, func(ctx context.Context) int { return crowd.tell(ctx, n) }) })
	}
	all.Wait()
	if err := ready(strings.TrimPrefix(crowd.site, "http://")); err != nil {
		t.Fatalf("it does not live: %v\n%.2000s", err, demo.printed(t))
	}
	peak := peakOf(t, demo.cmd.Process.Pid)
	if err := eventually(func() error { return crowd.calm(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	crowd.holds(t)
	demo.interrupt(t)
	waits, answers := crowd.waits.Load(), crowd.answers.Load()
	t.Logf("%d answers, %d asked to come back, %d said to be kept; at most %d KiB resident of %d", answers, waits, len(crowd.kept), peak, most)
	if waits == 0 || answers == 0 || len(crowd.kept) == 0 {
		t.Error("that was no load")
	}
	if peak > most {
		t.Errorf("it took %d KiB, may take %d", peak, most)
	}
}

// peakOf is the most that a process ever had in memory, in KiB.
func peakOf(t *testing.T, pid int) (peak int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &peak); err == nil {
			return peak
		}
	}
	t.Fatal("no VmHWM")
	return 0
}

// crowd is everybody who asks. The upload is the professional's, all else the
// vrager's.
type crowd struct {
	els, nadia     *http.Client
	home, site     string
	answers, waits atomic.Int64
	mu             sync.Mutex
	kept           []string
}

func newCrowd(t *testing.T, printed string) *crowd {
	t.Helper()
	c := &crowd{}
	in := func(who string) *http.Client {
		link := regexp.MustCompile(who + `: (\S+)`).FindStringSubmatch(printed)
		jar, err := cookiejar.New(nil)
		if err != nil || link == nil {
			t.Fatalf("no link for the %s: %s", who, printed)
		}
		client := &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		got, err := client.Get(link[1])
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		c.home = got.Request.URL.String()
		c.site = got.Request.URL.Scheme + "://" + got.Request.URL.Host
		return client
	}
	c.els, c.nadia = in("professional"), in("vrager")
	return c
}

// until asks over and over until the context ends.
func (c *crowd) until(ctx context.Context, ask func(context.Context) (status int)) {
	for ctx.Err() == nil {
		switch status := ask(ctx); {
		case status == http.StatusServiceUnavailable:
			c.waits.Add(1)
			waited(ctx, 50*time.Millisecond)
		case status > 0:
			c.answers.Add(1)
		}
	}
}

func (c *crowd) do(ctx context.Context, by *http.Client, method, path, kind string, body io.Reader) int {
	r, err := http.NewRequestWithContext(ctx, method, path, body)
	if err != nil {
		return 0
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	got, err := by.Do(r)
	if err != nil {
		return 0
	}
	defer got.Body.Close()
	if _, err := io.Copy(io.Discard, got.Body); err != nil {
		return 0
	}
	return got.StatusCode
}

// upload sends a large file that is no package.
func (c *crowd) upload(ctx context.Context) int {
	read, write := io.Pipe()
	form := multipart.NewWriter(write)
	go func() {
		part, err := form.CreateFormFile("file", "file")
		for n := 0; n < 18 && err == nil; n++ {
			_, err = part.Write(make([]byte, 1<<20))
		}
		_ = form.Close()
		_ = write.CloseWithError(err)
	}()
	defer read.Close()
	return c.do(ctx, c.els, http.MethodPost, c.site+"/import", form.FormDataContentType(), read)
}

func (c *crowd) look(ctx context.Context) int {
	return c.do(ctx, c.nadia, http.MethodGet, c.home+"/picture", "", nil)
}

// stream holds a live page open until the end.
func (c *crowd) stream(ctx context.Context) int {
	return c.do(ctx, c.nadia, http.MethodGet, c.home+"/live?after=", "", nil)
}

// tell says something, and remembers it when the program says that it is kept.
func (c *crowd) tell(ctx context.Context, n int) int {
	words := fmt.Sprintf("Zin %d van %d.", time.Now().UnixNano(), n)
	form := url.Values{"words": {words}, "command": {newID()}}
	again := *c.nadia
	again.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	status := c.do(ctx, &again, http.MethodPost, c.home+"/tell", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if status == http.StatusSeeOther {
		c.mu.Lock()
		c.kept = append(c.kept, words)
		c.mu.Unlock()
	}
	return status
}

// calm gives an error while the program has no memory for a page.
func (c *crowd) calm(ctx context.Context) error {
	if status := c.look(ctx); status != http.StatusOK {
		return fmt.Errorf("a page is answered with %d", status)
	}
	return nil
}

// holds looks whether everything that was said to be kept is there.
func (c *crowd) holds(t *testing.T) {
	t.Helper()
	picture, err := c.nadia.Get(c.home + "/picture")
	if err != nil {
		t.Fatal(err)
	}
	picture.Body.Close()
	var said strings.Builder
	for page := 1; page < 1000; page++ {
		got, err := c.nadia.Get(fmt.Sprintf("%s/none?page=%d", picture.Request.URL, page))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(got.Body)
		got.Body.Close()
		if err != nil || got.StatusCode != http.StatusOK {
			t.Fatalf("page %d: %s, %v", page, got.Status, err)
		}
		said.Write(text)
		if !strings.Contains(string(text), fmt.Sprintf("?page=%d", page+1)) {
			break
		}
	}
	for _, words := range c.kept {
		if !strings.Contains(said.String(), words) {
			t.Errorf("%q was said to be kept and is gone", words)
		}
	}
}
