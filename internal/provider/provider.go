// Package provider runs the real OpenID provider of the module internal/idp for
// a test, and logs in there as somebody invented.
package provider

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// Secret is what every client shows at the provider. It is of a test only.
const Secret = "an invented secret"

// folder is where the module of the provider is.
func folder() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "..", "idp")
}

// made is the folder of the provider that was built, if it was.
var made string

// build makes the provider once for all tests of a package.
var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "samenspel-idp-")
	if err != nil {
		return "", err
	}
	made = dir
	path := filepath.Join(dir, "idp")
	out, err := exec.Command("go", "build", "-C", folder(), "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the provider: %w\n%s", err, out)
	}
	return path, nil
})

// Provider is one that runs.
type Provider struct {
	Issuer string
	cmd    *exec.Cmd
	client http.Client
}

// Start runs a provider until the test ends. It skips the test where the
// provider cannot be built, and fails it when CI is set.
func Start(t testing.TB) *Provider {
	t.Helper()
	path, err := build()
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	p := &Provider{cmd: exec.Command(path), client: http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	issuer, ok := strings.CutPrefix(strings.TrimSpace(line), "issuer: ")
	if !ok {
		t.Fatalf("the provider did not say where it is: %v", err)
	}
	p.Issuer = issuer
	return p
}

// Stop ends the provider: from then on it does not answer.
func (p *Provider) Stop() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Kill() // it keeps nothing
		_ = p.cmd.Wait()
	}
}

// Clean takes the built provider away, for a TestMain.
func Clean() {
	if made != "" {
		_ = os.RemoveAll(made)
	}
}

// Who is somebody invented as they log in: who they are, what the provider
// tells of them without being asked, and at which level.
type Who struct{ Subject, Email, Level string }

var onForm = regexp.MustCompile(`name="id" value="([^"]+)"`)

// LogIn goes where a sign-in sends somebody, logs in there, and gives the
// address to which the provider sends them back.
func (p *Provider) LogIn(t testing.TB, address string, who Who) *url.URL {
	t.Helper()
	return p.answer(t, address, url.Values{"subject": {who.Subject}, "email": {who.Email}, "acr": {who.Level}, "do": {"login"}})
}

// Deny goes there and says no.
func (p *Provider) Deny(t testing.TB, address string) *url.URL {
	t.Helper()
	return p.answer(t, address, url.Values{"do": {"deny"}})
}

func (p *Provider) answer(t testing.TB, address string, form url.Values) *url.URL {
	t.Helper()
	to := address
	for range 3 {
		page, next := p.get(t, to)
		if next == "" {
			id := onForm.FindStringSubmatch(page)
			if id == nil {
				t.Fatalf("no form to log in at %s: %s", to, page)
			}
			form.Set("id", id[1])
			break
		}
		to = next
	}
	got, err := p.client.PostForm(p.Issuer+"/login", form)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	for to = got.Header.Get("Location"); to != ""; {
		u, err := url.Parse(to)
		if err != nil {
			t.Fatal(err)
		}
		if u.Path == "/in/organisation/back" {
			return u
		}
		_, to = p.get(t, to)
	}
	t.Fatal("the provider sent nobody back")
	return nil
}

// get fetches a page of the provider, or where it leads.
func (p *Provider) get(t testing.TB, address string) (page, next string) {
	t.Helper()
	if strings.HasPrefix(address, "/") {
		address = p.Issuer + address
	}
	got, err := p.client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(errors.Join(err, errors.New(address)))
	}
	return string(body), got.Header.Get("Location")
}
