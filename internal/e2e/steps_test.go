package e2e

import (
	"fmt"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// arrive lets somebody in by a link of the demo and gives the address of
// their alliance.
func arrive(p *browser.Person, link string) string {
	p.Go(link)
	if strings.HasSuffix(p.URL(), "/start") {
		p.Follow(".rows a")
	}
	return p.URL()
}

// seat opens a browser for one of the invented people of the demo.
func seat(t *testing.T, b *browser.Browser, d *program, who string, s browser.Settings) (p *browser.Person, home string) {
	t.Helper()
	p = b.Person(t, s)
	return p, arrive(p, d.lines[who])
}

// choose picks what stands at a radio or a box of a form.
func choose(p *browser.Person, field, label string) {
	value := browser.Eval[string](p, fmt.Sprintf(
		`[...document.querySelectorAll("input[name=%s]:not([type=hidden])")].find((el) => el.labels[0].textContent.includes(%q)).value`, field, label))
	p.Click(fmt.Sprintf(`label:has([name=%s][value="%s"])`, field, value))
}

// saying is the selector of the statement with these words.
func saying(p *browser.Person, words string) string {
	p.See(words)
	return "#" + browser.Eval[string](p, fmt.Sprintf(
		`[...document.querySelectorAll("[id^=s-]")].find((el) => el.textContent.includes(%q)).id`, words))
}

// more opens what else can be done with the statement with these words, and
// gives its selector.
func more(p *browser.Person, words string) string {
	at := saying(p, words)
	p.Click(at + " text=Meer doen")
	return at
}

// feeling is the selector of the forms that ask about a feeling.
func feeling(p *browser.Person, word string) string {
	p.See(word)
	return fmt.Sprintf(`form[action*="%s"]`, browser.Eval[string](p, fmt.Sprintf(
		`[...document.querySelectorAll(".touch")].find((el) => el.textContent.includes(%q)).querySelector("form").action.match("/emotion/[^/]+/")[0]`, word)))
}

// sees waits until the words at a selector hold this text.
func sees(p *browser.Person, sel, text string) {
	p.Until(fmt.Sprintf(`plain(document.querySelector(%q)?.innerText ?? "").includes(%q)`, sel, text))
}

// toggle shares words with somebody, or no longer.
func toggle(p *browser.Person, words, name string) {
	p.Follow(saying(p, words) + " text=Verander dit")
	choose(p, "seen_by", name)
	p.Submit("text=Bewaar")
	p.See("Het is veranderd wie dit ziet.")
}

// told is what somebody fills in to tell something. Only the words are needed.
type told struct{ words, about, layer, theme string }

// tell writes something down on the page for it, which is before them after.
func tell(p *browser.Person, home string, it told) {
	p.Go(at(home, "tell"))
	p.Fill("#words", it.words)
	if it.about+it.layer+it.theme != "" {
		p.Click("text=Erbij, als je wilt")
	}
	if it.about != "" {
		choose(p, "about", it.about)
	}
	if it.layer != "" {
		choose(p, "layer", it.layer)
	}
	if it.theme != "" {
		p.Fill("#theme", it.theme)
	}
	p.Submit("main text=Bewaar")
	p.See("Het is bewaard.")
}

// same marks the page that somebody looks at, and gives a check that it is
// still that one: what they see since came by itself.
func same(t *testing.T, p *browser.Person) (still func()) {
	t.Helper()
	began := browser.Eval[float64](p, "performance.timeOrigin")
	return func() {
		t.Helper()
		if browser.Eval[float64](p, "performance.timeOrigin") != began {
			t.Error("the page was loaded again")
		}
	}
}
