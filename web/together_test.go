package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"samenspel"
)

// opened is what the form with an address brings along, as it stands on a page:
// how the thing stood when the page was made.
func (w *world) opened(viewer, page, action string) url.Values {
	w.Helper()
	body := w.bodyOf(viewer, page)
	form := regexp.MustCompile(`(?s)<form[^>]* action="` + regexp.QuoteMeta(action) + `".*?</form>`).FindString(body)
	if form == "" {
		w.Fatalf("%s has no form for %s", page, action)
	}
	brings := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
		brings.Set(m[1], m[2])
	}
	return brings
}

// TestBothKeepTheirWords: somebody opens a form, another changes the same
// thing, and then the form is sent. It is taken, and both have their words; or
// it is not, and then all that was typed is on the page that comes back, and
// what the other wrote is still there.
func TestBothKeepTheirWords(t *testing.T) {
	const words, second = typed + " mine", typed + " mine too"
	asked, done := onAgreement("asked agreement", ""), onAgreement("shown agreement", "")
	shown, own := onStatement("shown", ""), onStatement("own", "")
	talk := string(talkIn("a"))
	sign := frictionAt + string(friction("a", "shown friction"))
	deal, planned := agreement("a", "asked agreement"), talkOf("a", "prepared dialogue")
	with := []samenspel.PartnerID{partner("a", vrager), partner("a", bonus), partner("a", colleague), partner("a", professional)}
	theirs := word("theirs")
	for _, c := range []struct {
		name    string
		viewer  string
		page    string // with the form on it
		action  string
		fields  []string // as form
		other   string
		change  samenspel.Wish
		status  int
		theirs  string // where what the other wrote stands, or ""
		mineToo bool   // taken: what was typed stands there as well
	}{
		{"a plan", bonus, prepared + "/plan", prepared + "/plan", []string{"where", words, "support", second, "with", string(with[0])},
			professional, samenspel.PlanDialogue{Dialogue: planned, With: with, Where: theirs}, 409, prepared, false},
		{"a plan of what was cancelled", bonus, prepared + "/plan", prepared + "/plan", []string{"where", words, "support", second},
			professional, samenspel.CancelDialogue{Dialogue: planned}, 404, "", false},
		{"a plan without the one who changes it", bonus, prepared + "/plan", prepared + "/plan", []string{"where", words, "support", second},
			professional, samenspel.PlanDialogue{Dialogue: planned, With: with[:1], Where: theirs}, 404, "", false},
		{"a subject", bonus, prepared, prepared + "/topic", []string{"words", words},
			vrager, samenspel.PutTopic{Dialogue: planned, Words: theirs}, 303, prepared, true},
		{"a subject of what was cancelled", bonus, prepared, prepared + "/topic", []string{"words", words},
			professional, samenspel.CancelDialogue{Dialogue: planned}, 404, "", false},
		{"a renewal", vrager, asked + "/renew", asked + "/renew", []string{"words", words, "doer", string(with[0])},
			bonus, samenspel.RenewAgreement{Agreement: deal, Words: theirs, Doer: with[0]}, 409, asked, false},
		{"an answer", vrager, asked, asked + "/answer", []string{"want", "yes", "help", words, "option", second},
			bonus, samenspel.RenewAgreement{Agreement: deal, Words: theirs, Doer: with[0]}, 409, asked, false},
		{"an answer beside another", vrager, asked, asked + "/answer", []string{"want", "yes", "help", words, "option", second},
			professional, samenspel.AnswerAgreement{Agreement: deal, Option: theirs}, 303, asked, true},
		{"an answer to what was done", bonus, done, done + "/answer", []string{"want", "not_now", "help", words, "option", second},
			professional, samenspel.FulfilAgreement{Agreement: agreement("a", "shown agreement")}, 403, "", false},
		{"an answer to what was taken away", vrager, asked, asked + "/answer", []string{"want", "yes", "help", words, "option", second},
			bonus, samenspel.WithdrawAgreement{Agreement: deal}, 404, "", false},
		{"another option", vrager, asked, asked + "/option", []string{"words", words},
			colleague, samenspel.ConsiderOption{Agreement: deal, Words: theirs}, 303, asked, true},
		{"own words for it", vrager, shown + "reword", shown + "reword", []string{"words", words},
			professional, samenspel.PlaceStatement{Statement: statement("a", "shown"), NewTheme: theirs}, 409, ownPicture, false},
		{"own words for what was taken back", vrager, shown + "reword", shown + "reword", []string{"words", words},
			professional, samenspel.WithdrawStatement{Statement: statement("a", "shown")}, 404, "", false},
		{"its place", professional, shown + "place", shown + "place", []string{"theme_new", words},
			vrager, samenspel.PlaceStatement{Statement: statement("a", "shown"), NewTheme: theirs}, 409, ownPicture, false},
		{"its place, when it was answered", professional, shown + "place", shown + "place", []string{"theme_new", words},
			vrager, samenspel.ConfirmStatement{Statement: statement("a", "shown")}, 409, "", false},
		{"a view", bonus, own + "view", own + "view", []string{"words", words},
			colleague, samenspel.PutView{Statement: statement("a", "own"), Words: theirs}, 303, ownPicture, true},
		{"a view beside what is no longer shown", bonus, own + "view", own + "view", []string{"words", words},
			vrager, samenspel.ShareStatement{Statement: statement("a", "own")}, 404, "", false},
		{"a feeling at what is no longer shown", bonus, own + "emotion", own + "emotion", []string{"emotion_own", words},
			vrager, samenspel.ShareStatement{Statement: statement("a", "own")}, 404, "", false},
		{"words at the table", vrager, atTable, atTable + "/say", []string{"words", words},
			bonus, samenspel.WordStatement{Words: theirs, Dialogue: talkIn("a"), SeenBy: with, Chosen: true}, 303, atTable, true},
		{"why something is skipped", vrager, atTable, atTable + "/activity", []string{"activity", "position", "standing", "skipped", "words", words},
			bonus, samenspel.TurnActivity{Dialogue: talkIn("a"), Activity: samenspel.Position, To: samenspel.Skipped, Reason: theirs}, 409, atTable, false},
		{"what changed", vrager, back + "/back", table + "/dialogue/" + talk + "/changed", []string{"words", words},
			bonus, samenspel.TellChange{Dialogue: talkIn("a"), Words: theirs}, 303, back + "/back", true},
		{"the mirror", vrager, back + "/back", table + "/dialogue/" + talk + "/mirror", []string{"words", words},
			bonus, samenspel.AnswerMirror{Dialogue: talkIn("a"), Line: theirs}, 303, back + "/back", true},
		{"what helps", vrager, sign, sign + "/repair", []string{"words", words},
			bonus, samenspel.OfferRepair{Friction: friction("a", "shown friction"), Words: theirs}, 303, sign, true},
		{"what helps against what was taken away", bonus, sign, sign + "/repair", []string{"words", words},
			vrager, samenspel.WithdrawFriction{Friction: friction("a", "shown friction")}, 404, "", false},
		{"a name on the map that is gone", vrager, onMap, onMap + "/name", []string{"name", words, "as", second},
			vrager, samenspel.RemoveNear{Near: near("a", "hidden near")}, 404, "", false},
		{"the end", vrager, table + "/end", table + "/end", []string{"words", words},
			professional, samenspel.EndAlliance{Words: theirs}, 409, table, false},
		{"what is told after the end", vrager, table + "/tell", table + "/tell", []string{"words", words, "theme_new", second},
			professional, samenspel.EndAlliance{Words: theirs}, 403, table, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.stage()
			w.wish("a", vrager, "as ordinary", samenspel.SetPace{Pace: samenspel.Ordinary})
			sent := w.opened(c.viewer, c.page, c.action)
			for key, value := range form("mine", c.fields...) {
				sent[key] = value
			}
			w.wish("a", c.other, "theirs", c.change)
			got := w.post(c.viewer, c.action, sent)
			if got.Code != c.status {
				t.Fatalf("%d, want %d", got.Code, c.status)
			}
			for _, part := range []string{words, second} {
				if got.Code != http.StatusSeeOther && strings.Contains(strings.Join(c.fields, " "), part) && !strings.Contains(got.Body.String(), part) {
					t.Errorf("%q is not on the page that comes back", part)
				}
			}
			if c.theirs != "" && !w.sees(c.viewer, c.theirs, theirs.Text()) {
				t.Error("what the other wrote is gone")
			}
			if c.mineToo && !w.sees(c.viewer, c.theirs, words) {
				t.Error("what was typed does not stand there")
			}
		})
	}
}

// TestTwoWhoWordTheActivities: the words of the organisation have no log, so
// the form itself says over what it was made. Whoever is second sees both, and
// their form is taken when they send it again.
func TestTwoWhoWordTheActivities(t *testing.T) {
	w := newWorld(t)
	w.stage()
	const page = "/admin/activities"
	send := func(opened url.Values, name string) *url.Values {
		opened.Set("name_position", name)
		return &opened
	}
	first, second := w.opened(administrator, page, page), w.opened(administrator, page, page)
	if got := w.post(administrator, page, *send(first, typed+" one")); got.Code != http.StatusSeeOther {
		t.Fatalf("the first: %d", got.Code)
	}
	got := w.post(administrator, page, *send(second, typed+" two"))
	for _, part := range []string{`value="` + typed + ` two"`, "Intussen staat er:", typed + " one</q>"} {
		if got.Code != http.StatusConflict || !strings.Contains(got.Body.String(), part) {
			t.Errorf("the second: %d, and %q on the page: %v", got.Code, part, strings.Contains(got.Body.String(), part))
		}
	}
	if !w.sees(administrator, page, typed+" one") {
		t.Error("the words of the first are gone")
	}
	mark := regexp.MustCompile(`name="was" value="([^"]+)"`).FindStringSubmatch(got.Body.String())
	second.Set("was", mark[1])
	if got := w.post(administrator, page, *send(second, typed+" two")); got.Code != http.StatusSeeOther || !w.sees(administrator, page, typed+" two") {
		t.Errorf("sent again: %d", got.Code)
	}
	if got := w.post(administrator, page, *send(first, typed+" two")); got.Code != http.StatusSeeOther {
		t.Errorf("the same words from an old form: %d", got.Code)
	}
}
