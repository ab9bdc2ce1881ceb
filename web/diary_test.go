package web_test

import (
	"strings"
	"testing"

	ical "github.com/arran4/golang-ical"
)

func init() {
	// The dialogue of the table of rights has no day.
	matrix["GET /a/{alliance}/dialogue/{dialogue}/calendar.ics"] = answers{401, 401, 404, 404, 404, 404, 404, 404, 404, 404}
}

// TestADialogueForTheDiary: a moment that is the same for all, how long, and
// not a word of anybody.
func TestADialogueForTheDiary(t *testing.T) {
	w := newWorld(t)
	w.stage()
	event, text := diaryOf(t, w.get(bonus, prepared+"/calendar.ics"))
	if strings.Contains(text, kept) || strings.Contains(strings.ToLower(text), "samenspel") {
		t.Errorf("the file says more than it should:\n%s", text)
	}
	for property, want := range map[ical.ComponentProperty]string{
		ical.ComponentPropertyUniqueId: id("command", "a", "prepared dialogue"), ical.ComponentPropertySummary: "Afspraak",
		ical.ComponentPropertyDtStart: "20261203T100000Z", ical.ComponentPropertyDtEnd: "20261203T110000Z",
	} {
		if got := event.GetProperty(property); got == nil || got.Value != want {
			t.Errorf("%s is %v, want %s", property, got, want)
		}
	}
	if got := w.get(stranger, prepared+"/calendar.ics"); got.Code != 404 {
		t.Errorf("for somebody else: %d", got.Code)
	}
	mustSay(t, w.bodyOf(bonus, prepared), true, prepared+"/calendar.ics")
	plan := form("a day", "with", string(partner("a", vrager)), "date", "2026-12-05", "command", id("form", "a day"))
	w.post(bonus, table+"/dialogue/plan", plan)
	_, text = diaryOf(t, w.get(bonus, table+"/dialogue/"+id("form", "a day")+"/calendar.ics"))
	if !strings.Contains(text, "DTSTART;VALUE=DATE:20261205\r\n") {
		t.Errorf("a day without an hour:\n%s", text)
	}
}
