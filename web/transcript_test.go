package web_test

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"samenspel"
	"samenspel/lens"
	"samenspel/transcript"
)

func init() {
	here := func(status, other int) answers {
		return answers{401, 401, 404, 404, 404, 404, status, other, other, other}
	}
	maps.Copy(matrix, map[string]answers{
		lensRoute("GET", ""):                     looks,
		lensRoute("POST", "/ask"):                here(403, 403), // one is there
		lensRoute("POST", "/answer"):             does,
		lensRoute("POST", "/read"):               here(403, 403),
		lensRoute("POST", "/lay"):                here(422, 422), // with nothing to lay
		lensRoute("GET", "/who"):                 looks,
		lensRoute("POST", "/who"):                does,
		lensRoute("POST", "/right"):              does,
		lensRoute("GET", "/text"):                looks,
		lensRoute("GET", "/line/{line}"):         looks,
		lensRoute("POST", "/line/{line}/code"):   does,
		lensRoute("POST", "/line/{line}/strike"): here(303, 403), // the vrager said it
		lensRoute("POST", "/line/{line}/tell"):   here(200, 200),
		lensRoute("POST", "/line/{line}/table"):  here(200, 200),
	})
	maps.Copy(moreFields, url.Values{
		"until": {"2026-12-10"}, "reading": {"rather_not"}, "speaker": {"0"}, "voice": {"role:bonus"}, "field": {"layer"}, "better": {"need"},
	})
	var codes, fields []string
	for _, f := range samenspel.LineFields() {
		fields = append(fields, string(f))
		for _, c := range f.Codes() {
			codes = append(codes, string(f)+"."+strings.NewReplacer("+", "_yes", "-", "_no").Replace(c))
		}
	}
	maps.Copy(made, map[string][]string{
		"lens.field.%s": fields, "lens.code.%s": codes, "lens.answer.%s": samenspel.LineField("response").Codes(), "transcript.%s": fileKeys(),
	})
	saying["lensBack"] = "did."
	moreToPlay = append(moreToPlay, playTranscript)
	moreKnown = append(moreKnown, func(from string, do func(place, name string, wish samenspel.Wish)) {
		one, other := accomplices(from)
		for _, k := range []string{"known talk over", "known talk on"} {
			do(one, "ask "+k, samenspel.AskTranscript{Dialogue: talkOf("a", k), Until: lastDay})
			do(from, "yes "+k, samenspel.AnswerTranscript{Transcript: transcriptOf("a", "ask "+k), Yes: true})
		}
		do(other, "first yes", samenspel.AnswerTranscript{Transcript: transcriptOf("a", "ask known talk over"), Yes: true})
	})
	moreHidden = append(moreHidden, hideTranscripts)
}

func lensRoute(method, below string) string {
	return method + " /a/{alliance}/dialogue/{dialogue}/lens" + below
}

// fileKeys are the ends of the keys of what can be wrong with a file, and of
// what is left out.
func fileKeys() []string {
	var ends []string
	for _, key := range []transcript.Key{
		transcript.Empty, transcript.TooLarge, transcript.TooLong, transcript.TooMany, transcript.TooDeep, transcript.BadText,
		transcript.Binary, transcript.Sound, transcript.Picture, transcript.PDF, transcript.OldOffice, transcript.Markup, transcript.NotDOCX,
		transcript.BadDOCX, transcript.Bomb, transcript.OtherJSON, transcript.BadJSON, transcript.BadLine, transcript.NoCues,
		transcript.NoSpeaker, transcript.NoSpeech,
		transcript.SkipCue, transcript.SkipEmpty, transcript.SkipComment, transcript.SkipPreamble, transcript.SkipHeading,
		transcript.SkipDeleted, transcript.SkipBox, transcript.KeptEncoding, transcript.KeptBackwards, transcript.KeptOverlap,
		transcript.KeptUnnamed, transcript.KeptNobody, transcript.KeptOne,
	} {
		ends = append(ends, strings.TrimPrefix(string(key), "transcript."))
	}
	return ends
}

// lastDay is the end of the last day of transcripts in the tests.
var lastDay = start.AddDate(0, 0, 30)

func transcriptOf(which, name string) samenspel.TranscriptID {
	return samenspel.TranscriptID(id("command", which, name))
}

// playTranscript lays a transcript of the dialogue of all: they all said yes.
func playTranscript(which string, do func(place, name string, wish samenspel.Wish)) {
	of := transcriptOf(which, "shown transcript")
	do(professional, "shown transcript", samenspel.AskTranscript{Dialogue: talkOf(which, "shown dialogue"), Until: lastDay})
	for _, place := range []string{vrager, bonus, colleague} {
		do(place, "yes of "+place, samenspel.AnswerTranscript{Transcript: of, Yes: true})
	}
	do(professional, "shown lines", samenspel.LayTranscript{
		Transcript: of, Engine: "fixed",
		Speakers: []samenspel.Speaker{
			{Label: word("label one"), Partner: partner(which, vrager)}, {Label: word("label two"), Partner: partner(which, professional)},
			{Label: word("label three"), Role: samenspel.Colleague},
		},
		Lines: fixedLines(),
	})
}

// fixedLines are what the three say, with codes: a feeling that is left, one
// that is met, and one line that says nothing.
func fixedLines() []samenspel.Line {
	codes := func(pairs ...string) (c samenspel.LineCodes) {
		for i := 0; i < len(pairs); i += 2 {
			for at, f := range samenspel.LineFields() {
				if string(f) == pairs[i] {
					c[at] = samenspel.LineCode{Code: pairs[i+1], Sure: .9}
				}
			}
		}
		return c
	}
	minute := func(m int) time.Duration { return time.Duration(m) * time.Minute }
	line := func(turn, speaker, m int, text string, c samenspel.LineCodes) samenspel.Line {
		return samenspel.Line{Turn: turn, Speaker: speaker, Start: minute(m), End: minute(m) + 5*time.Second, Text: word(text), Codes: c}
	}
	return []samenspel.Line{
		line(1, 0, 0, "line of the vrager", codes("layer", "need", "emotion", "named", "valence", "unpleasant", "response", "left")),
		line(2, 1, 1, "line of the professional", codes("layer", "behaviour", "question", "closed", "act", "advise")),
		line(3, 0, 2, "second line of the vrager", codes("layer", "meaning", "emotion", "hinted", "valence", "pleasant", "response", "met")),
		line(4, 1, 3, "second line of the professional", codes("layer", "meaning", "question", "none", "act", "reflect")),
		line(5, 2, 4, "line of the third", codes("layer", "none", "act", "other")),
	}
}

// hideTranscripts keeps from somebody what others said of reading a dialogue
// that they are in, and all of a transcript of one that they are not in.
func hideTranscripts(from string, do func(place, name string, wish samenspel.Wish)) {
	by, friend := accomplices(from)
	do(friend, "kept no", samenspel.AnswerTranscript{Transcript: transcriptOf("a", "ask known talk on")})
	do(friend, "kept no back", samenspel.AnswerTranscript{Transcript: transcriptOf("a", "ask known talk over")})
	do(friend, "kept yes again", samenspel.AnswerTranscript{Transcript: transcriptOf("a", "ask known talk over"), Yes: true, Until: start.AddDate(0, 0, 9)})
	if from == vrager {
		return
	}
	for _, k := range []string{"kept over", "kept on"} {
		of := transcriptOf("a", "ask "+k)
		do(by, "ask "+k, samenspel.AskTranscript{Dialogue: talkOf("a", k), Until: lastDay})
		do(friend, "yes "+k, samenspel.AnswerTranscript{Transcript: of, Yes: true})
		if by != vrager && friend != vrager {
			do(vrager, "vrager yes "+k, samenspel.AnswerTranscript{Transcript: of, Yes: true})
		}
		do(by, "lines "+k, samenspel.LayTranscript{
			Transcript: of, Engine: "fixed", Lines: fixedLines(),
			Speakers: []samenspel.Speaker{{Label: word("kept label"), Partner: partner("a", by)}, {Label: word("kept label"), Partner: partner("a", friend)}, {Role: samenspel.Colleague}},
		})
		do(friend, "code "+k, samenspel.CorrectLine{Transcript: of, Line: 1, Field: "layer", Code: "meaning"})
		do(by, "strike "+k, samenspel.StrikeLine{Transcript: of, Line: 1})
		do(by, "name "+k, samenspel.NameSpeaker{Transcript: of, Speaker: 2, Role: samenspel.BonusPartner})
		do(by, "right "+k, samenspel.ConfirmSpeakers{Transcript: of})
	}
	do(friend, "end kept on", samenspel.AnswerTranscript{Transcript: transcriptOf("a", "ask kept on")})
}

// fixed is a lens that sees the same in each line: it is there to be asked.
type fixed struct{ heard *[]string }

func (fixed) Version() string                    { return "fixed" }
func (fixed) LookHere() (l [lens.NumFields]bool) { return l }

func (f fixed) Code(all iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error] {
	return func(yield func(lens.Coded, error) bool) {
		for u, err := range all {
			c := lens.Coded{Utterance: u, By: lens.ByLens}
			c.Codes[lens.Layer], c.Sure[lens.Layer] = lens.AtNeed, .8
			if u.Role.Professional() {
				c.Codes[lens.Act], c.Codes[lens.Question] = lens.Explore, lens.OpenQuestion
			}
			*f.heard = append(*f.heard, fmt.Sprint(u.Speaker, " ", u.Role))
			if !yield(c, err) {
				return
			}
		}
	}
}

// upload sends a form with fields and a file, as a browser does.
func (w *world) upload(viewer, path, file string, fields url.Values) *httptest.ResponseRecorder {
	w.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, value := range values {
			if err := form.WriteField(name, value); err != nil {
				w.Fatal(err)
			}
		}
	}
	part, err := form.CreateFormFile("file", typed+".vtt")
	if err != nil {
		w.Fatal(err)
	}
	_, _ = part.Write([]byte(file))
	_ = form.Close()
	r := w.request(viewer, http.MethodPost, path, nil)
	r = r.Clone(r.Context())
	r.Body, r.ContentLength = http.NoBody, int64(body.Len())
	r.Body = readCloser{&body}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return w.ask(r)
}

type readCloser struct{ *bytes.Buffer }

func (readCloser) Close() error { return nil }

// lensOf is the lens at a dialogue of the first alliance.
func lensOf(name string) string { return table + "/dialogue/" + string(talkOf("a", name)) + "/lens" }

// readyToRead is a dialogue that begun, of which both in it said yes.
func readyToRead(t *testing.T) (*world, string) {
	w := newWorld(t)
	w.stage()
	w.wish("a", professional, "two", samenspel.PlanDialogue{With: []samenspel.PartnerID{partner("a", vrager)}})
	w.wish("a", professional, "two begin", samenspel.BeginDialogue{Dialogue: talkOf("a", "two")})
	w.wish("a", vrager, "ordinary", samenspel.SetPace{Pace: samenspel.Ordinary})
	return w, lensOf("two")
}

// TestFromTheQuestionToTheEnd goes the whole way: asked, answered, brought, who
// is who, read, corrected, struck, made into a statement, and gone.
func TestFromTheQuestionToTheEnd(t *testing.T) {
	w, at := readyToRead(t)
	var heard []string
	w.Coder = fixed{&heard}
	follow := func(viewer, path string, f url.Values, want string) string {
		t.Helper()
		got := w.post(viewer, path, f)
		if got.Code != http.StatusSeeOther {
			t.Fatalf("%s as %s: %d %s", path, viewer, got.Code, got.Body)
		}
		page := w.get(viewer, strings.Split(got.Header().Get("Location"), "#")[0]).Body.String()
		if !strings.Contains(page, want) {
			t.Errorf("%s as %s leads to a page without %q", path, viewer, want)
		}
		return page
	}
	if !w.sees(vrager, strings.TrimSuffix(at, "/lens"), "Laat de lens dit gesprek lezen") {
		t.Error("nothing leads there")
	}
	follow(professional, at+"/ask", form("asks", "until", "2026-12-24"), "Nog niet iedereen zei ja.")
	if !w.sees(vrager, strings.TrimSuffix(at, "/lens"), "Mag de lens dit gesprek lezen?") {
		t.Error("the vrager does not hear of the question")
	}
	follow(vrager, at+"/answer", form("says no", "reading", "rather_not"), "Jij zei: liever niet.")
	if !w.sees(professional, at, "Nog niet iedereen zei ja.") || w.sees(professional, at, "liever niet") {
		t.Error("the one who asked hears of the no")
	}
	follow(vrager, at+"/answer", form("says yes", "reading", "yes", "until", "2026-12-10"), "Zet het gesprek hier neer")

	vtt := "WEBVTT\n\nNOTE x\n\n00:00.000 --> 00:02.000\n<v Yara>Ik ben " + kept + " moe. Echt waar.\n\n00:02.000 --> 00:04.000\n<v " + kept + " " + professional + ">Wat heb je nodig?\n"
	got := w.upload(vrager, at+"/read", vtt, form("reads"))
	page := got.Body.String()
	for _, part := range []string{"Wie is wie?", "Yara", "1 opmerking voor de speler is weggelaten.", `value="` + string(partner("a", professional)) + `" selected`} {
		if got.Code != http.StatusOK || !strings.Contains(page, part) {
			t.Fatalf("%d: %q is not on the page that asks who is who", got.Code, part)
		}
	}
	if len(heard) != 0 || w.sees(vrager, at, "Waar was onze aandacht?") {
		t.Error("something was read or kept before somebody said who is who")
	}
	lay := form("lays", "voice_0", string(partner("a", vrager)), "voice_1", string(partner("a", professional)), "heard", fieldIn(page, "heard"))
	follow(vrager, at+"/lay", lay, "Waar was onze aandacht?")
	if diff := cmp.Diff([]string{"0 vrager", "0 vrager", "1 professional"}, heard); diff != "" {
		t.Errorf("the lens heard: -want +got\n%s", diff)
	}
	for _, viewer := range []string{vrager, professional} {
		for _, part := range []string{"Vooral behoefte.", "zeiden ja", "Na 10 december is het weg.", "Open vragen", "nog geen figuur", "Dit gesprek"} {
			if !w.sees(viewer, at, part) {
				t.Errorf("%s does not see %q", viewer, part)
			}
		}
	}
	follow(professional, at+"/line/1/code", form("corrects", "field", "layer", "better", "meaning"), "Jij zegt:")
	for _, part := range []string{"De lens zegt: <b>behoefte</b>", "<b>zingeving</b>"} {
		if !w.sees(vrager, at+"/line/1", part) {
			t.Errorf("%q does not stand there for the other", part)
		}
	}
	if text := w.get(vrager, at+"/text").Body.String(); !strings.Contains(text, `<span class="soft">behoefte</span>`) || !strings.Contains(text, " zegt: <b>zingeving</b>") {
		t.Error("what the lens says and what somebody says do not both stand in the text")
	}
	quote := w.post(professional, at+"/line/1/tell", form("tells"))
	if body := quote.Body.String(); quote.Code != 200 || !strings.Contains(body, "Ik ben "+kept+" moe.</textarea>") || !strings.Contains(body, `name="kind" value="quote" checked`) {
		t.Errorf("a line as a statement: %d", quote.Code)
	}
	laid := w.post(professional, at+"/line/1/table", form("to the table"))
	if body := laid.Body.String(); laid.Code != 200 || !strings.Contains(body, "Ik ben "+kept+" moe.</textarea>") || !strings.Contains(body, `value="`+string(partner("a", vrager))+`" checked`) {
		t.Errorf("a line for the table: %d", laid.Code)
	}
	follow(vrager, at+"/line/1/strike", form("strikes"), "Deze woorden zijn doorgestreept.")
	if w.sees(professional, at+"/text", kept+" moe") || w.sees(professional, at+"/line/1", "behoefte") {
		t.Error("struck words, or what was said of them, are seen")
	}
	follow(professional, at+"/who", form("names", "speaker", "1", "voice", "role:colleague"), "Het is bewaard.")
	follow(professional, at+"/right", form("right"), "Jij keek na wie wat zei.")
	if !w.sees(vrager, at, "1 beurt, ") {
		t.Error("how the talk was divided is not there after somebody checked it")
	}
	follow(vrager, at+"/answer", form("takes back", "reading", "rather_not"), "Er was een verslag van dit gesprek. Het is weg.")
	for _, path := range []string{"/text", "/line/1", "/who"} {
		if got := w.get(professional, at+path); got.Code != http.StatusNotFound {
			t.Errorf("%s is there after it went: %d", path, got.Code)
		}
	}
	if w.sees(professional, at, "Waar was onze aandacht?") || !w.sees(professional, at, "Het is weg.") {
		t.Error("the other sees it after it went")
	}
}

// fieldIn is the value of a hidden field.
func fieldIn(page, name string) string {
	for _, field := range hiddenInput.FindAllStringSubmatch(strings.ReplaceAll(page, ` autocomplete="off">`, ">"), -1) {
		if field[1] == name {
			return html.UnescapeString(field[2])
		}
	}
	return ""
}
