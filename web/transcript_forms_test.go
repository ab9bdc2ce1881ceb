package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samenspel"
)

// agreedToRead is a dialogue of which both in it said yes, and nothing was
// brought.
func agreedToRead(t *testing.T) (*world, string) {
	w, at := readyToRead(t)
	w.wish("a", professional, "asks", samenspel.AskTranscript{Dialogue: talkOf("a", "two"), Until: lastDay})
	w.wish("a", vrager, "says yes", samenspel.AnswerTranscript{Transcript: transcriptOf("a", "asks"), Yes: true})
	return w, at
}

// TestWhatCannotBeRead: what is wrong with a file is said in plain words, with
// the line, and what was pasted comes back. Nothing of the file is said again.
func TestWhatCannotBeReadOfATalk(t *testing.T) {
	w, at := agreedToRead(t)
	before := w.seqs()
	for _, c := range []struct{ name, file, said string }{
		{"nothing", "", "Kies een bestand, of plak de tekst."},
		{"only space", " \n ", "Kies een bestand, of plak de tekst."},
		{"nobody speaks", kept + " just text\nand more of it\n", "We zien niet wie er spreekt."},
		{"a PDF", "%PDF-1.7 " + kept, "Dit is een PDF."},
		{"sound", "RIFF\x00\x00\x00\x00WAVEfmt ", "Dit is geluid of beeld."},
		{"a web page", "<!doctype html><html><body>" + kept + "</body></html>", "Dit is een webpagina."},
		{"JSON of something else", `{"other": "` + kept + `"}`, "Dit bestand komt van een ander programma."},
		{"a line that is no utterance", `{"dialogue":"a","n":1,"turn":1,"speaker":"P","role":"vrager","text":"Ja."}` + "\nnot json " + kept + "\n", "Kijk bij regel 2."},
		{"too large", strings.Repeat("Yara: "+kept+"\n", 700_000), "Er past hoogstens 8 MB."},
		{"too many sentences", strings.Repeat("Yara: Ja. Nee.\nMieke: Hoe?\n", 2_500), "Dit verslag is te lang."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.upload(vrager, at+"/read", c.file, form(c.name, "words", ""))
			body := got.Body.String()
			if got.Code != http.StatusUnprocessableEntity || !strings.Contains(body, c.said) {
				t.Errorf("%d, want %q", got.Code, c.said)
			}
			if strings.Contains(body, kept+" just") || strings.Contains(body, "not json") {
				t.Error("what is in the file is said again")
			}
		})
	}
	const words = typed + " <b>\"& without a speaker"
	for _, got := range []string{
		w.upload(vrager, at+"/read", "", form("pasted", "words", words)).Body.String(),
		w.post(vrager, at+"/read", form("plain", "words", words)).Body.String(),
		w.post(vrager, at+"/answer", form("no answer", "words", words)).Body.String(),
		w.post(vrager, at+"/lay", form("stale", "words", words, "heard", `{"voices":[],"turns":[{"v":3}]}`)).Body.String(),
	} {
		if !strings.Contains(got, htmlOf(words)) {
			t.Error("what was typed did not come back")
		}
	}
	if w.seqs() != before {
		t.Error("something was kept of what cannot be read")
	}
}

// TestWhoIsWhoIsAskedAgain: what was read stays in the form when somebody chose
// what cannot be, and counts once when it comes twice.
func TestWhoIsWhoIsAskedAgain(t *testing.T) {
	w, at := agreedToRead(t)
	page := w.upload(vrager, at+"/read", "", form("reads", "words", "Mieke: Hoe is het?\nYara: Moe.\nYara: Heel moe.\n")).Body.String()
	heard := fieldIn(page, "heard")
	lay := func(one, other string) url.Values {
		return form("lays", "heard", heard, "voice_0", one, "voice_1", other)
	}
	for _, chosen := range []string{string(partner("a", bonus)), "role:boss", "", id("nothing")} {
		got := w.post(vrager, at+"/lay", lay(string(partner("a", professional)), chosen))
		body := got.Body.String()
		if got.Code != http.StatusUnprocessableEntity || !strings.Contains(body, "Deze persoon is niet in dit gesprek.") || fieldIn(body, "heard") != heard {
			t.Errorf("%q: %d", chosen, got.Code)
		}
		if !strings.Contains(body, `value="`+string(partner("a", professional))+`" selected`) {
			t.Error("what was chosen right did not stay")
		}
	}
	good := lay(string(partner("a", professional)), "role:bonus")
	for range 2 {
		if got := w.post(vrager, at+"/lay", good); got.Code != http.StatusSeeOther {
			t.Errorf("laid: %d", got.Code)
		}
	}
	for _, part := range []string{"Er was geen lens toen dit werd neergezet.", "Lees de tekst"} {
		if !w.sees(professional, at, part) {
			t.Errorf("%q is not said", part)
		}
	}
	if text := w.get(professional, at+"/text").Body.String(); strings.Count(text, `<li id="n-`) != 3 || !strings.Contains(text, "<b dir=\"auto\">Yara</b>") {
		t.Error("the text is not there")
	}
	if got := w.post(professional, at+"/line/2/tell", form("tells")); got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "Deze zin is van iemand die hier geen plek heeft.") {
		t.Errorf("a statement about nobody here: %d", got.Code)
	}
	w.post(professional, at+"/answer", form("no more", "reading", "rather_not", "transcript", string(transcriptOf("a", "asks"))))
	again := w.post(professional, at+"/answer", form("no more", "reading", "rather_not", "transcript", string(transcriptOf("a", "asks"))))
	if again.Code != http.StatusSeeOther {
		t.Errorf("taking it back twice: %d", again.Code)
	}
	if got := w.post(vrager, at+"/lay", form("late", "heard", heard, "voice_0", "role:bonus", "voice_1", "role:bonus", "transcript", string(transcriptOf("a", "asks")))); got.Code != http.StatusNotFound {
		t.Errorf("laid after somebody took their yes back: %d", got.Code)
	}
}

// TestOnPauseNobodyIsAsked: and what somebody said yes to can be ended on pause
// and after the end of the alliance as well.
func TestOnPauseTheLensAsksNothing(t *testing.T) {
	w, at := readyToRead(t)
	w.wish("a", professional, "asks", samenspel.AskTranscript{Dialogue: talkOf("a", "two"), Until: lastDay})
	w.wish("a", vrager, "pause", samenspel.SetPace{Pace: samenspel.Pause})
	page := w.get(vrager, at).Body.String()
	if !strings.Contains(page, "Er wordt niets gevraagd.") || strings.Contains(page, `value="yes"`) || w.sees(vrager, strings.TrimSuffix(at, "/lens"), "Zeg ja of liever niet") {
		t.Error("the vrager is asked on pause")
	}
	w.wish("a", vrager, "yes all the same", samenspel.AnswerTranscript{Transcript: transcriptOf("a", "asks"), Yes: true})
	for _, end := range []string{"on pause", "after the end"} {
		if page := w.get(vrager, at).Body.String(); !strings.Contains(page, "Neem mijn ja terug") || strings.Contains(page, `id="bring"`) {
			t.Errorf("%s: a yes cannot be taken back, or a file is asked for", end)
		}
		w.wish("a", professional, "end", samenspel.EndAlliance{})
	}
}

// TestItGoesOnItsDay: the day says so, and nothing else does.
func TestItGoesOnItsDay(t *testing.T) {
	w := newWorld(t)
	w.stage()
	at := lensOf("shown dialogue")
	if !w.sees(bonus, at, "Na 24 december is het weg.") {
		t.Error("the last day is not said")
	}
	w.pass(30*24*time.Hour - time.Minute)
	w.renew()
	if !w.sees(bonus, at, "Waar was onze aandacht?") {
		t.Error("it went before its day ended")
	}
	w.pass(time.Minute)
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		page := w.get(viewer, at).Body.String()
		if !strings.Contains(page, "Er was een verslag van dit gesprek. Het is weg.") || strings.Contains(page, kept+" line") {
			t.Errorf("%s is not told that it went", viewer)
		}
		if got := w.get(viewer, at+"/text"); got.Code != http.StatusNotFound {
			t.Errorf("the text is there for %s: %d", viewer, got.Code)
		}
	}
}

// TestALongTextIsReadInPieces: a talk of an hour.
func TestALongTextIsReadInPieces(t *testing.T) {
	w, at := agreedToRead(t)
	var text strings.Builder
	for i := range 600 {
		fmt.Fprintf(&text, "Mieke: Vraag %d?\nYara: Antwoord %d.\n", i, i)
	}
	page := w.upload(vrager, at+"/read", text.String(), form("reads")).Body.String()
	if got := w.post(vrager, at+"/lay", form("lays", "heard", fieldIn(page, "heard"), "voice_0", "role:professional", "voice_1", "role:vrager")); got.Code != http.StatusSeeOther {
		t.Fatalf("laid: %d", got.Code)
	}
	for _, c := range []struct{ query, first, last string }{
		{"", "Vraag 0?", "Antwoord 49."}, {"?page=2", "Vraag 50?", "Antwoord 99."}, {"?page=12", "Vraag 550?", "Antwoord 599."}, {"?page=13", "Vraag 0?", "Antwoord 49."},
	} {
		body := w.get(professional, at+"/text"+c.query).Body.String()
		if strings.Count(body, `<li id="n-`) != 100 || !strings.Contains(body, c.first) || !strings.Contains(body, c.last) {
			t.Errorf("%q: %d lines", c.query, strings.Count(body, `<li id="n-`))
		}
	}
	if !w.sees(professional, strings.TrimSuffix(at, "/lens")+"/plan", "Dan is het verslag weg.") {
		t.Error("the plan does not say what a change of company does")
	}
}
