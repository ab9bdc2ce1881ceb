package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// interval is the time between two looks at a page that is not ready yet.
const interval = 20 * time.Millisecond

// Person is somebody with a page before them. Its methods act as a person
// would, wait until the page is ready for that, and end the test with the
// visible text of the page when it does not become so. They are for the
// goroutine of the test alone.
//
// A selector is CSS, or CSS followed by "text=" and the whole text of a link,
// button, label or summary: "text=Bewaar", "#wonen text=Klopt niet". Of more
// elements that match, the first visible one is meant.
type Person struct {
	t        testing.TB
	ctx      context.Context
	settings Settings
	problems problems
}

// eyes holds the functions that look at a page. They are sent with each call,
// so nothing is left behind in the page.
//
//go:embed eyes.js
var eyes string

// call runs a function of JavaScript with these arguments in the page.
func call[T any](ctx context.Context, function string, args ...any) (T, error) {
	var none T
	list, err := json.Marshal(append([]any{}, args...)) // null would be no list
	if err != nil {
		return none, err
	}
	code := fmt.Sprintf("(() => {%s\nreturn (%s)(...%s)})()", eyes, function, list)
	return chromedp.Run(ctx, chromedp.Evaluate[T](code, chromedp.EvalAwaitPromise))
}

// Eval returns the value of an expression of JavaScript in the page, which may
// be a promise. It reads more than it acts: a person cannot do this.
func Eval[T any](p *Person, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := call[T](ctx, "() => ("+expression+")")
	if err != nil {
		p.fail("eval %s: %v", expression, err)
	}
	return value
}

// await calls the function until it returns something else than null. A page
// that is just being replaced cannot answer: then it asks the next one.
func await[T any](p *Person, what, function string, args ...any) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	for {
		value, err := call[*T](ctx, function, args...)
		if err == nil && value != nil {
			return *value
		}
		select {
		case <-ctx.Done():
			p.fail("%s: not within %v (%v)", what, patience, err)
		case <-time.After(interval):
		}
	}
}

// fail ends the test and shows the page. Only invented people are in tests.
func (p *Person) fail(format string, args ...any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	text, err := call[string](ctx, "() => location.href + '\\n' + (document.body?.innerText ?? '')")
	if err != nil {
		text = err.Error()
	}
	p.t.Fatalf("browser: "+format+"\nThe page:\n%s", append(args, text)...)
}

func (p *Person) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.fail("%s: %v", what, err)
	}
}

// Go opens an address and waits until the page has loaded.
func (p *Person) Go(url string) {
	p.t.Helper()
	p.do("go to "+url, chromedp.Navigate(url))
}

// Back does what the button of the browser does.
func (p *Person) Back() {
	p.t.Helper()
	p.leaving("go back", func() { Eval[bool](p, "setTimeout(() => history.back()) > 0") })
}

// Reload loads the page again.
func (p *Person) Reload() {
	p.t.Helper()
	p.do("reload", chromedp.Reload())
}

// Front brings this page before the other tabs of its window.
func (p *Person) Front() {
	p.t.Helper()
	p.do("bring to front", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.BringToFront, cdp.Empty{})
		return err
	}))
}

// Click waits until sel can be clicked and clicks it with the mouse. Something
// that lies over it, such as a fixed bar, makes it fail.
func (p *Person) Click(sel string) {
	p.t.Helper()
	at := await[struct{ X, Y float64 }](p, "click "+sel, "target", sel)
	p.do("click "+sel, chromedp.MouseClickXY(at.X, at.Y))
}

// Drag takes hold of sel with the mouse and lets go so much further, in pixels.
func (p *Person) Drag(sel string, right, down float64) {
	p.t.Helper()
	at := await[struct{ X, Y float64 }](p, "drag "+sel, "target", sel)
	p.do("drag "+sel,
		chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, at.X, at.Y, chromedp.ButtonLeft, chromedp.ClickCount(1)),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at.X+right/2, at.Y+down/2, chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at.X+right, at.Y+down, chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, at.X+right, at.Y+down, chromedp.ButtonLeft, chromedp.ClickCount(1)),
	)
}

// Follow clicks a link and waits until another page has loaded.
func (p *Person) Follow(link string) {
	p.t.Helper()
	p.leaving("follow "+link, func() { p.Click(link) })
}

// Submit clicks a button that sends a form and waits until another page has
// loaded, which may have the same address.
func (p *Person) Submit(button string) {
	p.t.Helper()
	p.leaving("submit "+button, func() { p.Click(button) })
}

// leaving acts and waits until another document has loaded. The time at which
// a document began tells it apart from every other.
func (p *Person) leaving(what string, act func()) {
	p.t.Helper()
	before := Eval[float64](p, "performance.timeOrigin")
	act()
	await[bool](p, what, "(before) => (performance.timeOrigin !== before && document.readyState === 'complete') || null", before)
}

// Fill puts text in the place of what a field holds. In a field for writing it
// goes through the keyboard; a date, a slider or a list of choices is set.
func (p *Person) Fill(sel, text string) {
	p.t.Helper()
	if await[string](p, "fill "+sel, "ready", sel, text) == "set" {
		return
	}
	if text == "" {
		p.Press("Backspace")
		return
	}
	p.do("fill "+sel, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// Press presses keys one after the other: a character, a name of the DOM such
// as "Enter", "Tab" or "Shift", or one of these with Shift, as in "Shift+Tab".
func (p *Person) Press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		name, shifted := strings.CutPrefix(key, "Shift+")
		var events []*input.DispatchKeyEventParams
		if !shifted {
			events = strokes(name)
		} else {
			shift := strokes("Shift")
			for _, e := range strokes(name) {
				e.Modifiers |= int64(kb.ModifierShift)
				events = append(events, e)
			}
			events = append([]*input.DispatchKeyEventParams{shift[0]}, append(events, shift[1])...)
		}
		p.do("press "+key, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			for _, e := range events {
				if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, *e); err != nil {
					return err
				}
			}
			return nil
		}))
	}
}

// strokes returns what happens from the moment a key goes down until it is up.
func strokes(name string) []*input.DispatchKeyEventParams {
	if len([]rune(name)) == 1 {
		return kb.Encode([]rune(name)[0])
	}
	for r, key := range kb.Keys {
		if key.Key == name {
			return kb.Encode(r)
		}
	}
	return nil
}

// See waits until the text stands visibly in the page. Any white space counts
// as one space.
func (p *Person) See(text string) {
	p.t.Helper()
	await[bool](p, fmt.Sprintf("see %q", text), "(text) => seen(text) || null", text)
}

// SeeNo waits until the text is nowhere visible in the page.
func (p *Person) SeeNo(text string) {
	p.t.Helper()
	await[bool](p, fmt.Sprintf("see no %q", text), "(text) => !seen(text) || null", text)
}

// Wait waits until there is a visible element for sel.
func (p *Person) Wait(sel string) {
	p.t.Helper()
	await[bool](p, "wait for "+sel, "(sel) => find(sel) ? true : null", sel)
}

// Until waits until an expression of JavaScript is true, or the promise it is.
func (p *Person) Until(expression string) {
	p.t.Helper()
	await[bool](p, "wait until "+expression, "async () => await ("+expression+") ? true : null")
}

// Text waits for sel and returns its visible text.
func (p *Person) Text(sel string) string {
	p.t.Helper()
	return await[string](p, "text of "+sel, "(sel) => find(sel)?.innerText ?? null", sel)
}

// HTML returns the page as it stands now.
func (p *Person) HTML() string {
	p.t.Helper()
	return Eval[string](p, "document.documentElement.outerHTML")
}

// URL returns the address of the page.
func (p *Person) URL() string {
	p.t.Helper()
	return Eval[string](p, "location.href")
}

// Shot writes a picture of the whole page, as PNG, to path. The window is as
// high as the page while the picture is taken, so that what sticks to the foot
// of the window is at the foot of the picture.
func (p *Person) Shot(path string) {
	p.t.Helper()
	tall := p.settings
	tall.Height = Eval[int](p, "document.fonts.ready.then(() => document.documentElement.scrollHeight)")
	p.do("make the window tall", chromedp.Func(tall.size))
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.fail("shot: %v", err)
	}
	p.do("make the window as it was", chromedp.Func(p.settings.size))
	if err := os.WriteFile(path, png, 0o600); err != nil {
		p.t.Fatalf("browser: shot: %v", err)
	}
}
