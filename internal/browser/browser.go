// Package browser lets a test look at pages as people do: in a real Chromium,
// with a mouse, a keyboard and eyes. Every wait has a deadline, and everything
// that goes wrong inside a page fails the test, also when nobody looked there.
package browser

import (
	"cmp"
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// patience is how long anything in a page may take on a slow, busy machine.
// A test that passes never waits this long.
const patience = 60 * time.Second

// Browser is one running Chromium with an empty profile of its own.
type Browser struct {
	ctx context.Context
}

// Start runs Chromium without a window until the test ends. It skips the test
// when Chromium is not installed, and fails it when CI is set: there a test
// that does not run is a fault.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := installed()
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("browser: Chromium is not installed, and CI is set")
		}
		t.Skip("browser: Chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	if os.Geteuid() == 0 { // Chromium refuses its sandbox to root
		options = append(options, chromedp.NoSandbox)
	}
	// Not t.Context(): that ends before the cleanup that closes Chromium calmly.
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		stop()
		t.Fatalf("browser: start %s: %v", path, err)
	}
	t.Cleanup(func() {
		defer stop()
		limited, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if err := chromedp.Cancel(limited); err != nil {
			t.Errorf("browser: close: %v", err)
		}
	})
	return &Browser{ctx: ctx}
}

// installed returns the path of Chromium, or "" when there is none.
func installed() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Settings say who sits before the screen. The zero value is a wide, light
// screen of somebody who reads Dutch.
type Settings struct {
	Width, Height int    // in CSS pixels; zero means 1280 by 800
	Language      string // Accept-Language; "" means "nl"
	Dark          bool   // prefers-color-scheme: dark
	LessMotion    bool   // prefers-reduced-motion: reduce
	MoreContrast  bool   // prefers-contrast: more
	ForcedColors  bool   // forced-colors: active
	Print         bool   // the page as it comes out of a printer
	NoScript      bool   // no script of the page runs
}

// Person opens an empty page for somebody with cookies of their own. The
// person leaves when the test ends; what went wrong in their pages then fails
// the test, unless it was allowed or expected.
func (b *Browser) Person(t testing.TB, s Settings) *Person {
	t.Helper()
	p := &Person{t: t, settings: s}
	p.open(b.ctx, chromedp.WithNewBrowserContext())
	return p
}

// Tab opens another page in the same window for the same person, with the same
// cookies and settings. The page that was in front is hidden from then on.
func (p *Person) Tab() *Person {
	p.t.Helper()
	tab := &Person{t: p.t, settings: p.settings}
	tab.open(p.ctx, chromedp.WithNewWindow(false))
	return tab
}

func (p *Person) open(parent context.Context, option chromedp.ContextOption) {
	p.t.Helper()
	ctx, leave := chromedp.NewContext(parent, option, chromedp.WithListener(p.problems.listen))
	p.ctx = ctx
	p.t.Cleanup(func() {
		for _, problem := range p.Problems() {
			p.t.Errorf("browser: %s", problem)
		}
		leave()
	})
	if err := chromedp.Do(ctx, chromedp.Func(p.settings.apply)); err != nil {
		p.t.Fatalf("browser: open a page: %v", err)
	}
}

func (s Settings) apply(ctx context.Context, page *chromedp.Target) error {
	if err := s.size(ctx, page); err != nil {
		return err
	}
	agent, err := chromedp.Evaluate[string]("navigator.userAgent")(ctx, page)
	if err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, page, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
		UserAgent: agent, AcceptLanguage: cmp.Or(s.Language, "nl")}); err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, page, emulation.SetEmulatedMedia, s.media()); err != nil {
		return err
	}
	_, err = cdp.Call(ctx, page, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: s.NoScript})
	return err
}

func (s Settings) size(ctx context.Context, page *chromedp.Target) error {
	_, err := cdp.Call(ctx, page, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(cmp.Or(s.Width, 1280)), Height: int64(cmp.Or(s.Height, 800)), DeviceScaleFactor: 1})
	return err
}

func (s Settings) media() emulation.SetEmulatedMediaParams {
	choose := func(name string, on bool, yes, no string) *emulation.MediaFeature {
		if on {
			return &emulation.MediaFeature{Name: name, Value: yes}
		}
		return &emulation.MediaFeature{Name: name, Value: no}
	}
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		choose("prefers-color-scheme", s.Dark, "dark", "light"),
		choose("prefers-reduced-motion", s.LessMotion, "reduce", "no-preference"),
		choose("prefers-contrast", s.MoreContrast, "more", "no-preference"),
		choose("forced-colors", s.ForcedColors, "active", "none"),
	}}
	if s.Print {
		params.Media = "print"
	}
	return params
}
