package web_test

import (
	"net/http/httptest"
	"testing"

	"samenspel"
	"samenspel/internal/browser"
	"samenspel/workspace"
)

// TestTypingGoesOnWhileOthersAct: two at one table, each with a screen. What
// one types stays while the other lays words down, and goes where it was meant.
func TestTypingGoesOnWhileOthersAct(t *testing.T) {
	b := browser.Start(t)
	w := liveWorld(t)
	w.wish("a", vrager, "goes on", samenspel.SetPace{Pace: samenspel.Ordinary})
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	p := b.Person(t, browser.Settings{Width: 390})
	p.Go(server.URL + "/demo/visitor")
	p.Go(server.URL + atTable)
	p.See(kept + " own")
	p.See("Jij zegt dit.")
	p.Fill("#words", "half a sentence")
	w.laid(professional, "of the other", samenspel.WordStatement{SeenBy: []samenspel.PartnerID{partner("a", vrager)}, Chosen: true})
	p.See(kept + " of the other")
	w.wish("a", bonus, "now bonus", samenspel.GiveTurn{Dialogue: talkIn("a"), To: partner("a", bonus)})
	p.See(kept + " bonus heeft het woord.")
	p.See("Jij zegt dit.")
	p.Click("#b-draw_in button:not(.btn)")
	p.See("hier zijn we")
	p.Click("#b-attune summary")
	p.Fill("#why-attune", "tired")
	p.Click("#b-attune .field button")
	p.See("nu niet: tired")
	if got := browser.Eval[string](p, "words.value"); got != "half a sentence" {
		t.Errorf("what was typed is %q now", got)
	}
	p.Submit("text=Leg neer")
	p.See("Het ligt op tafel.")
	p.See("half a sentence")
	seen, err := w.Workspace.See(t.Context(), person("a", vrager), alliance("a"), workspace.Look{})
	if err != nil {
		t.Fatal(err)
	}
	if card := seen.Statement(seen.Dialogue(talkIn("a")).Card); card == nil || card.SaidBy != partner("a", vrager) {
		t.Errorf("on the table lies %+v", card)
	}
	for _, v := range p.Axe() {
		t.Error(v)
	}
	p.Click("text=Draai voor de overkant")
	p.See("Draai terug")
}

// TestTheTableWithoutScript: every button is a form, and the card turns by a
// link.
func TestTheTableWithoutScript(t *testing.T) {
	b := browser.Start(t)
	w := liveWorld(t)
	w.wish("a", vrager, "goes on", samenspel.SetPace{Pace: samenspel.Ordinary})
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	p := b.Person(t, browser.Settings{Width: 320, NoScript: true})
	p.Go(server.URL + "/demo/visitor")
	p.Go(server.URL + atTable)
	p.Follow("text=Draai voor de overkant")
	p.See("Draai terug")
	p.Fill("#words", "without script")
	p.Submit("text=Leg neer")
	p.See("without script")
	p.Submit("#b-together button:not(.btn)")
	p.See("hier zijn we")
	p.Click("#b-together summary")
	p.Submit("text=Naar links")
	p.Submit("#turn form:nth-child(2) button")
	p.See("Jij hebt het woord.")
	p.Follow("text=Scherm even neer")
	p.See("Het scherm rust")
	p.Follow("text=Terug naar de tafel")
	p.See("without script")
}
