package browser

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// problems gathers what goes wrong in one page. Its listener is called by the
// connection to Chromium, the rest by the test.
type problems struct {
	mu      sync.Mutex
	found   []string
	allowed []string
	address map[network.RequestID]string
}

// listen must be quick and ask the browser nothing: the connection waits for it.
func (p *problems) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			p.add("console: %s", said(e.Args))
		}
	case *runtime.EventExceptionThrown:
		p.add("exception: %s", thrown(e.ExceptionDetails))
	case *log.EventEntryAdded:
		// Requests are told by the network events below, with their address.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			p.add("%s: %s", e.Entry.Source, e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if p.address == nil {
			p.address = map[network.RequestID]string{}
		}
		p.address[e.RequestID] = e.Request.URL
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			p.add("request: %d %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventLoadingFailed:
		// What the CSP blocks is in the log already, with the reason.
		if !e.Canceled && e.BlockedReason != network.BlockedReasonCsp {
			p.add("request: %s %s", e.ErrorText, p.address[e.RequestID])
		}
	}
}

func (p *problems) add(format string, args ...any) {
	p.found = append(p.found, fmt.Sprintf(format, args...))
}

func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		if arg.Type == runtime.RemoteObjectTypeString {
			words = append(words, strings.Trim(string(arg.Value), `"`))
		} else {
			words = append(words, cmp.Or(arg.Description, string(arg.Value)))
		}
	}
	return strings.Join(words, " ")
}

func thrown(e *runtime.ExceptionDetails) string {
	if e.Exception == nil {
		return e.Text
	}
	return e.Text + " " + cmp.Or(e.Exception.Description, string(e.Exception.Value))
}

// take returns and forgets what was found and is not allowed.
func (p *problems) take() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := slices.DeleteFunc(p.found, func(problem string) bool {
		return slices.ContainsFunc(p.allowed, func(text string) bool { return strings.Contains(problem, text) })
	})
	p.found = nil
	return found
}

// takeOne forgets the first problem that contains text, and says whether there
// was one.
func (p *problems) takeOne(text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.found, func(problem string) bool { return strings.Contains(problem, text) })
	if i < 0 {
		return false
	}
	p.found = slices.Delete(p.found, i, i+1)
	return true
}

// Problems returns what went wrong in this page since the last call, oldest
// first: errors on the console, violations of the content security policy,
// exceptions that nothing caught, requests that failed or were answered with
// 400 or more. What it returns no longer fails the test by itself.
func (p *Person) Problems() []string {
	p.t.Helper()
	// Everything Chromium reported before this answer is in the list after it.
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := call[bool](ctx, "() => true"); err != nil {
		p.t.Logf("browser: the page no longer answers: %v", err)
	}
	return p.problems.take()
}

// Allow lets pass every problem that contains text. It is for what comes any
// number of times, such as tries to reach a server that is down. For one fault
// that belongs to the test, Expect says more.
func (p *Person) Allow(text string) {
	p.problems.mu.Lock()
	defer p.problems.mu.Unlock()
	p.problems.allowed = append(p.problems.allowed, text)
}

// Expect waits for a problem that contains text and takes it off the list.
func (p *Person) Expect(text string) {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for !p.problems.takeOne(text) {
		if time.Now().After(deadline) {
			p.fail("no problem with %q; there are: %q", text, p.problems.take())
		}
		<-time.After(interval)
	}
}
