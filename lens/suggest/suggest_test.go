package suggest_test

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens"
	"samenspel/lens/suggest"
)

func TestGoodAnswersAreTaken(t *testing.T) {
	coded := talk(45)
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) { say(w, all(a, coded)) })
	got, report, err := suggester(t, config(s)).Suggest(t.Context(), coded)
	if err != nil {
		t.Fatal(err)
	}
	if report.Asked != 45 || report.Taken != 45 || report.Changed != 45 || report.Requests != 3 || len(report.Faults) != 0 {
		t.Errorf("%+v", report)
	}
	for i, u := range got {
		if u.By != lens.BySuggester || u.Fault() != "" || u.Codes[lens.Layer] != lens.AtNeed || u.Sure != [lens.NumFields]float64{} {
			t.Errorf("utterance %d: %+v", i+1, u)
		}
		if u.Text != coded[i].Text || u.Speaker != coded[i].Speaker {
			t.Errorf("utterance %d has other words than before", i+1)
		}
	}
	if coded[0].By != lens.ByLens {
		t.Error("the list that was given has changed")
	}
	if last := got[43]; last.Codes[lens.Response] != lens.Met {
		t.Errorf("the answer to a feeling went: %v", last.Codes)
	}
}

func TestWhatIsAsked(t *testing.T) {
	coded := talk(45)
	coded[22].By = lens.ByPerson
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) { say(w, all(a, coded)) })
	got, _, err := suggester(t, config(s)).Suggest(t.Context(), coded)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(coded[22], got[22]); diff != "" {
		t.Error("what a person coded has changed:", diff)
	}
	a := s.questions()[1]
	if a.path != "/v1/chat/completions" || a.header.Get("Authorization") != "Bearer sleutel-1234" || a.body.Name != "een-taalmodel" {
		t.Errorf("asked %s with %v of %s", a.path, a.header, a.body.Name)
	}
	if a.body.Temperature == nil || *a.body.Temperature != 0 || a.body.Seed == 0 || a.body.Form["type"] != "json_object" {
		t.Errorf("%+v", a.body)
	}
	for _, f := range lens.Fields() {
		for _, c := range f.Codes() {
			if !strings.Contains(a.body.Messages[0].Content, "- "+string(c)+": "+f.DefinitionOf(c)) {
				t.Errorf("the definition of %s %s is not told", f, c)
			}
		}
	}
	var want []int
	for n := 21; n <= 40; n++ {
		if n != 23 {
			want = append(want, n)
		}
	}
	if diff := cmp.Diff(want, a.numbers()); diff != "" {
		t.Error(diff)
	}
	if lines := strings.Count(a.lines(), "\n"); lines != 6+20+5 || !strings.Contains(a.lines(), "  23 P1 professional: Hoe gaat het met je?\n") {
		t.Errorf("%d lines:\n%s", lines, a.lines())
	}
}

func TestTheSameQuestionHasTheSameBytes(t *testing.T) {
	coded := talk(30)
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) { say(w, all(a, coded)) })
	for range 2 {
		if _, _, err := suggester(t, config(s)).Suggest(t.Context(), coded, "Rotterdam"); err != nil {
			t.Fatal(err)
		}
	}
	if q := s.questions(); len(q) != 4 || q[0].raw != q[2].raw || q[1].raw != q[3].raw {
		t.Errorf("%d questions, not two times the same two", len(q))
	}
}

// TestAnswersAreChecked gives answers about utterances 1 (professional), 2
// (partner) and 3 (professional).
func TestAnswersAreChecked(t *testing.T) {
	one, two, three := good(1, lens.Professional), good(2, lens.Vrager), good(3, lens.Professional)
	change := func(line, old, new string) string {
		if !strings.Contains(line, old) {
			t.Fatalf("%s holds no %s", line, old)
		}
		return strings.Replace(line, old, new, 1)
	}
	list := func(lines ...string) string { return `{"codes":[` + strings.Join(lines, ",") + `]}` }
	for name, c := range map[string]struct {
		answer string
		taken  string // the numbers
		fault  suggest.Fault
	}{
		"plain":                    {list(one, two, three), "123", ""},
		"in a fence":               {"Natuurlijk!\n```json\n" + list(one, two, three) + "\n```\nSucces {ermee}.", "123", ""},
		"a list":                   {"[" + one + "," + two + "," + three + "]", "123", ""},
		"one in a line":            {one + "\n" + two + "\n" + three, "123", ""},
		"thought aloud":            {"<think>" + change(one, "need", "meaning") + "</think>" + list(one, two, three), "123", ""},
		"numbers as text":          {list(change(one, `"n":1`, `"n":"1"`), two, three), "123", ""},
		"in capitals":              {list(change(one, `"need"`, `" Need "`), two, three), "123", ""},
		"null for empty":           {list(change(one, `"will":""`, `"will":null`), two, three), "123", ""},
		"none for what is not put": {list(change(one, `"will":""`, `"will":"none"`), two, three), "123", ""},
		"cut off":                  {strings.TrimSuffix(list(one, two, three), `"response":""}]}`), "12", suggest.Missing},
		"a line is missing":        {list(one, three), "13", suggest.Missing},
		"an invented code":         {list(one, change(two, "hinted", "angry"), three), "13", suggest.Invented},
		"a verdict on a person":    {list(one, change(two, `"need"`, `"difficult person"`), three), "13", suggest.Invented},
		"no text":                  {list(one, change(two, `"need"`, `["need"]`), three), "13", suggest.Invented},
		"another role's field":     {list(change(one, `"will":""`, `"will":"want+"`), two, three), "23", suggest.Misplaced},
		"a feeling and no way":     {list(one, change(two, `"mixed"`, `""`), three), "13", suggest.Incomplete},
		"a way and no feeling":     {list(one, change(two, `"hinted"`, `"none"`), three), "13", suggest.Misplaced},
		"a field is missing":       {list(one, two, change(three, `"act":"reflect",`, "")), "12", suggest.Incomplete},
		"somebody else's number":   {list(one, two, three, good(4, lens.Vrager)), "123", suggest.Unasked},
		"numbers from nowhere":     {list(one, two, three, good(0, lens.Vrager), good(-1, lens.Vrager), good(1<<40, lens.Vrager)), "123", suggest.Unasked},
		"a half number":            {list(one, change(two, `"n":2`, `"n":2.5`), three), "13", suggest.Missing},
		"twice the same":           {list(one, two, two, three), "123", ""},
		"twice and different":      {list(one, two, change(two, "met", "left"), three), "13", suggest.Twice},
		"all one up":               {list(change(one, `"n":1`, `"n":2`), change(two, `"n":2`, `"n":3`)), "", suggest.Incomplete},
		"prose":                    {"Dat is een mooi gesprek.", "", suggest.Missing},
		"empty":                    {"", "", suggest.Missing},
		"braces":                   {strings.Repeat("{", 5000), "", suggest.Missing},
	} {
		t.Run(name, func(t *testing.T) {
			coded := talk(3)
			s := serve(t, func(w http.ResponseWriter, _ *asked, _ int) { say(w, c.answer) })
			got, report, err := suggester(t, config(s)).Suggest(t.Context(), coded)
			if (err != nil) != (c.taken == "") {
				t.Errorf("error %v with %q taken", err, c.taken)
			}
			taken := ""
			for i, u := range got {
				if u.By == lens.BySuggester {
					taken += fmt.Sprint(i + 1)
				} else if diff := cmp.Diff(coded[i], u); diff != "" {
					t.Errorf("utterance %d: %s", i+1, diff)
				}
				if why := u.Fault(); why != "" {
					t.Errorf("utterance %d: %s", i+1, why)
				}
			}
			if taken != c.taken || report.Taken != len(taken) || c.fault != "" && report.Faults[c.fault] == 0 || c.fault == "" && len(report.Faults) > 0 {
				t.Errorf("taken %q, %+v; want %q with %q", taken, report, c.taken, c.fault)
			}
		})
	}
}

// waits keeps how long was to be waited, and waits not at all.
type waits []time.Duration

func (w *waits) wait(ctx context.Context, d time.Duration) error {
	*w = append(*w, d)
	return ctx.Err()
}

func TestWhenTheServerFails(t *testing.T) {
	status := func(code int, after string) func(http.ResponseWriter, *asked, int) {
		return func(w http.ResponseWriter, a *asked, _ int) {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(code)
			fmt.Fprint(w, a.raw) // an error that quotes the text
		}
	}
	for name, c := range map[string]struct {
		answer   func(http.ResponseWriter, *asked, int)
		want     suggest.Failure
		requests int
		waits    waits
	}{
		"busy":            {status(429, "7"), suggest.Failure{Reason: suggest.Busy, Status: 429}, 3, waits{7 * time.Second, 7 * time.Second}},
		"broken":          {status(500, ""), suggest.Failure{Reason: suggest.Busy, Status: 500}, 3, waits{time.Second, 2 * time.Second}},
		"a while":         {status(503, "soon"), suggest.Failure{Reason: suggest.Busy, Status: 503}, 3, waits{time.Second, 2 * time.Second}},
		"past":            {status(503, "Mon, 02 Jan 2006 15:04:05 GMT"), suggest.Failure{Reason: suggest.Busy, Status: 503}, 3, waits{time.Second, 2 * time.Second}},
		"for longer":      {status(429, "3600"), suggest.Failure{Reason: suggest.Spent, Status: 429}, 1, nil},
		"until far":       {status(429, "Mon, 02 Jan 2096 15:04:05 GMT"), suggest.Failure{Reason: suggest.Spent, Status: 429}, 1, nil},
		"the wrong key":   {status(401, ""), suggest.Failure{Reason: suggest.Refused, Status: 401}, 1, nil},
		"nobody there":    {status(404, ""), suggest.Failure{Reason: suggest.Refused, Status: 404}, 1, nil},
		"no such form":    {status(400, ""), suggest.Failure{Reason: suggest.Refused, Status: 400}, 2, nil},
		"sent elsewhere":  {redirect, suggest.Failure{Reason: suggest.Redirected, Status: 307}, 1, nil},
		"cut":             {cut, suggest.Failure{Reason: suggest.Broken}, 3, nil},
		"huge":            {huge, suggest.Failure{Reason: suggest.Large}, 3, nil},
		"no JSON":         {func(w http.ResponseWriter, a *asked, _ int) { fmt.Fprint(w, a.raw[:9]) }, suggest.Failure{Reason: suggest.Broken}, 3, nil},
		"other JSON":      {func(w http.ResponseWriter, _ *asked, _ int) { fmt.Fprint(w, `{"choices":[{"message":{"content":7}}]}`) }, suggest.Failure{Reason: suggest.Broken}, 3, nil},
		"no choice":       {func(w http.ResponseWriter, _ *asked, _ int) { fmt.Fprint(w, `{"choices":[]}`) }, suggest.Failure{Reason: suggest.Broken}, 3, nil},
		"a null":          {func(w http.ResponseWriter, _ *asked, _ int) { fmt.Fprint(w, `null`) }, suggest.Failure{Reason: suggest.Broken}, 3, nil},
		"nonsense":        {func(w http.ResponseWriter, a *asked, _ int) { say(w, a.raw) }, suggest.Failure{Reason: suggest.Nonsense}, 3, nil},
		"not of HTTP":     {notHTTP, suggest.Failure{Reason: suggest.Broken}, 3, nil},
		"closes the door": {hangUp, suggest.Failure{Reason: suggest.Broken}, 3, nil},
	} {
		t.Run(name, func(t *testing.T) {
			coded := talk(100)
			s := serve(t, c.answer)
			set := config(s)
			var waited waits
			set.Wait = waited.wait
			got, report, err := suggester(t, set).Suggest(t.Context(), coded)
			var failure *suggest.Failure
			if !errors.As(err, &failure) || *failure != c.want {
				t.Errorf("%v, want %v", err, &c.want)
			}
			if diff := cmp.Diff(coded, got); diff != "" {
				t.Error("the codes of the lens have not stayed:", diff)
			}
			if n := len(s.questions()); n != c.requests || report.Requests != n || report.Retries != len(c.waits) {
				t.Errorf("%d questions, want %d; %+v", n, c.requests, report)
			}
			if diff := cmp.Diff(c.waits, waited); diff != "" {
				t.Error(diff)
			}
			silent(t, coded, err, report, set)
		})
	}
}

// silent holds what is told of a failure against the key and the text.
func silent(t *testing.T, coded []lens.Coded, told ...any) {
	t.Helper()
	for _, one := range told {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			said := fmt.Sprintf(verb, one)
			if strings.Contains(said, "sleutel") {
				t.Errorf("the key is in %s", said)
			}
			for i := range coded {
				if strings.Contains(said, coded[i].Text) || strings.Contains(said, coded[i].Speaker) {
					t.Fatalf("words of the text are in %s", said)
				}
			}
		}
	}
}

func redirect(w http.ResponseWriter, _ *asked, _ int) {
	w.Header().Set("Location", "/elsewhere")
	w.WriteHeader(http.StatusTemporaryRedirect)
}

func cut(w http.ResponseWriter, a *asked, _ int) {
	w.Header().Set("Content-Length", "9000")
	fmt.Fprint(w, `{"choices":[{"message":{"content":"`+a.raw[:3])
}

func huge(w http.ResponseWriter, _ *asked, _ int) {
	piece := strings.Repeat("a", 64<<10)
	for range 64 {
		if _, err := fmt.Fprint(w, piece); err != nil {
			return
		}
	}
}

func notHTTP(w http.ResponseWriter, a *asked, _ int) {
	conn, out, err := w.(http.Hijacker).Hijack()
	if err == nil {
		fmt.Fprint(out, a.lines())
		_ = out.Flush()
		_ = conn.Close()
	}
}

func hangUp(http.ResponseWriter, *asked, int) { panic(http.ErrAbortHandler) }

func TestABusyServerThatComesBack(t *testing.T) {
	coded := talk(3)
	s := serve(t, func(w http.ResponseWriter, a *asked, times int) {
		if times < 3 {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		say(w, all(a, coded))
	})
	c := config(s)
	c.Wait = new(waits).wait
	if _, report, err := suggester(t, c).Suggest(t.Context(), coded); err != nil || report.Taken != 3 || report.Retries != 2 {
		t.Errorf("%v %+v", err, report)
	}
}

func TestAServerThatKnowsNoForm(t *testing.T) {
	coded := talk(30)
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) {
		if a.body.Form != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		say(w, all(a, coded))
	})
	if _, report, err := suggester(t, config(s)).Suggest(t.Context(), coded); err != nil || report.Taken != 30 || report.Requests != 3 {
		t.Errorf("%v %+v", err, report)
	}
}

func TestTheFirstPartStaysWhenTheSecondFails(t *testing.T) {
	coded := talk(30)
	s := serve(t, func(w http.ResponseWriter, a *asked, times int) {
		if times == 2 {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		say(w, all(a, coded))
	})
	got, report, err := suggester(t, config(s)).Suggest(t.Context(), coded)
	if err == nil || report.Taken != 20 || got[19].By != lens.BySuggester || got[20].By != lens.ByLens {
		t.Errorf("%v %+v", err, report)
	}
}

// TestASlowServer has a server that answers nothing until it is left.
func TestASlowServer(t *testing.T) {
	arrived := make(chan bool, 9)
	leave := make(chan bool)
	s := serve(t, func(http.ResponseWriter, *asked, int) {
		arrived <- true
		<-leave
	})
	t.Cleanup(func() { close(leave) })
	ask := func(ctx context.Context, change func(*suggest.Config)) error {
		c := config(s)
		change(&c)
		got, _, err := suggester(t, c).Suggest(ctx, talk(3))
		if diff := cmp.Diff(talk(3), got); diff != "" {
			t.Error(diff)
		}
		return err
	}
	var failure *suggest.Failure
	if err := ask(t.Context(), func(c *suggest.Config) { c.Request = time.Millisecond }); !errors.As(err, &failure) || failure.Reason != suggest.Slow {
		t.Errorf("one request too long: %v", err)
	}
	if err := ask(t.Context(), func(c *suggest.Config) { c.Budget = time.Millisecond }); !errors.As(err, &failure) || failure.Reason != suggest.Spent {
		t.Errorf("all of it too long: %v", err)
	}
	for len(arrived) > 0 {
		<-arrived
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	if err := ask(ctx, func(*suggest.Config) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("the caller gave up: %v", err)
	}
}

func TestCertificatesAreChecked(t *testing.T) {
	coded := talk(3)
	s := &server{}
	s.Server = httptest.NewUnstartedServer(s.handler(t, func(w http.ResponseWriter, a *asked, _ int) { say(w, all(a, coded)) }))
	s.Config.ErrorLog = discard
	s.StartTLS()
	t.Cleanup(s.Close)
	c := config(s)
	_, _, err := suggester(t, c).Suggest(t.Context(), coded)
	var failure *suggest.Failure
	if !errors.As(err, &failure) || failure.Reason != suggest.Untrusted || len(s.questions()) != 0 {
		t.Errorf("%v after %d questions", err, len(s.questions()))
	}
	c.Roots = x509.NewCertPool()
	c.Roots.AddCert(s.Certificate())
	if _, report, err := suggester(t, c).Suggest(t.Context(), coded); err != nil || report.Taken != 3 {
		t.Errorf("with its certificate trusted: %v %+v", err, report)
	}
	c.URL = strings.Replace(c.URL, "127.0.0.1", "localhost", 1)
	if _, _, err = suggester(t, c).Suggest(t.Context(), coded); !errors.As(err, &failure) || failure.Reason != suggest.Untrusted {
		t.Errorf("with a name that the certificate does not have: %v", err)
	}
}

func TestNobodyThere(t *testing.T) {
	s := serve(t, nil)
	c := config(s)
	s.Close()
	_, _, err := suggester(t, c).Suggest(t.Context(), talk(3))
	var failure *suggest.Failure
	if !errors.As(err, &failure) || failure.Reason != suggest.Unreachable {
		t.Error(err)
	}
}

func TestNothingToAsk(t *testing.T) {
	s := serve(t, nil)
	mine := talk(2)
	mine[0].By, mine[1].By = lens.ByPerson, lens.ByPerson
	for _, coded := range [][]lens.Coded{nil, mine} {
		if got, report, err := suggester(t, config(s)).Suggest(t.Context(), coded); err != nil || report.Requests != 0 || len(got) != len(coded) {
			t.Errorf("%v %+v", err, report)
		}
	}
}

// TestAnswersToFeelingsStandInTheirPlace: the server puts one on each utterance
// of a partner; the codebook has it on the last of a turn, with a feeling.
func TestAnswersToFeelingsStandInTheirPlace(t *testing.T) {
	coded := talk(6)
	coded[2] = coded[1] // a turn of two
	coded[3] = coded[0]
	coded[3].Turn = 3
	coded[4], coded[5] = coded[1], coded[1]
	coded[4].Turn, coded[5].Turn, coded[5].Speaker = 5, 6, "Joris" // after these no professional speaks
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) { say(w, all(a, coded)) })
	got, _, err := suggester(t, config(s)).Suggest(t.Context(), coded)
	if err != nil {
		t.Fatal(err)
	}
	var responses []lens.Code
	for _, u := range got {
		responses = append(responses, u.Codes[lens.Response])
	}
	if diff := cmp.Diff([]lens.Code{"", "", lens.Met, "", "", ""}, responses); diff != "" {
		t.Error(diff)
	}
}

func TestWhereNoFeelingIsNoneIsAnswered(t *testing.T) {
	coded := talk(5)
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) {
		say(w, strings.Replace(all(a, coded), `"n":2,"layer":"need","emotion":"hinted","valence":"mixed"`, `"n":2,"layer":"need","emotion":"none","valence":""`, 1))
	})
	got, report, err := suggester(t, config(s)).Suggest(t.Context(), coded)
	if err != nil || report.Taken != 5 || got[1].Codes[lens.Response] != "" || got[3].Codes[lens.Response] != lens.Met {
		t.Errorf("%v %+v: %v and %v", err, report, got[1].Codes, got[3].Codes)
	}
}

// TestAnotherDialogueDoesNotAnswer: a professional who speaks in the next
// dialogue answers no feeling of this one.
func TestAnotherDialogueDoesNotAnswer(t *testing.T) {
	coded := talk(3)[1:]
	coded[1].Dialogue = "nl-02"
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) { say(w, all(a, coded)) })
	got, _, err := suggester(t, config(s)).Suggest(t.Context(), coded)
	if err != nil || got[0].By != lens.BySuggester || got[0].Codes[lens.Response] != "" {
		t.Errorf("%v, %v", err, got[0].Codes)
	}
	for _, a := range s.questions() {
		if strings.Count(a.lines(), "\n") != 1 {
			t.Errorf("two dialogues in one question:\n%s", a.lines())
		}
	}
}

// TestEachPartAnswersForItself: the second answer speaks of the first part too.
func TestEachPartAnswersForItself(t *testing.T) {
	coded := talk(30)
	s := serve(t, func(w http.ResponseWriter, a *asked, times int) {
		text := all(a, coded)
		if times == 2 {
			text += strings.Replace(good(1, lens.Professional), "reflect", "push", 1)
		}
		say(w, text)
	})
	got, report, err := suggester(t, config(s)).Suggest(t.Context(), coded)
	if err != nil || got[0].Codes[lens.Act] != lens.Reflect || report.Taken != 30 || report.Faults[suggest.Unasked] != 1 {
		t.Errorf("%v %v %+v", err, got[0].Codes, report)
	}
}
