package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// phone is the screen of who looks on a phone.
var phone = browser.Settings{Width: 390, Height: 844}

// TestAnswers follows words about somebody: they say whether it is right, and
// whoever looks on sees it at once.
func TestAnswers(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	els, elsHome := seat(t, b, d, "professional", browser.Settings{})
	watching := els.Tab()
	nadia, _ := seat(t, b, d, "vrager", phone)
	nadia.Submit("text=Gewoon")
	nadia.See("Je tempo is veranderd.")

	t.Run("that is right", func(t *testing.T) {
		watching.Go(at(elsHome, "picture"))
		watching.See("Het beeld van Nadia")
		still := same(t, nadia)
		els.Front()
		tell(els, elsHome, told{"Je liet me de zonnebloemen zien.", "Nadia", "Waar je voor staat", "de tuin"})
		ask := saying(nadia, "Je liet me de zonnebloemen zien.")
		still()
		watching.Front()
		watching.See("Het telt mee als Nadia het zegt.")
		grown := `document.querySelector("#figure").textContent.includes("de tuin")`
		if browser.Eval[bool](watching, grown) {
			t.Error("the figure has a theme that nobody answered to")
		}
		still = same(t, watching)
		nadia.Submit(ask + " text=Klopt")
		nadia.See("Jij zei: klopt.")
		watching.Until(grown)
		watching.See("Nadia zei: klopt")
		still()
	})

	t.Run("I would say it like this", func(t *testing.T) {
		els.Front()
		tell(els, elsHome, told{words: "Je wilt vast een baan.", about: "Nadia"})
		nadia.Follow(saying(nadia, "Je wilt vast een baan.") + " text=Zo zeg ik het")
		nadia.Fill("#words", "Ik wil werk waar ik warm van word.")
		still := same(t, els)
		nadia.Submit("text=Bewaar")
		nadia.See("Het staat er nu in jouw woorden.")
		els.See("Ik wil werk waar ik warm van word.")
		els.See("Nu in de eigen woorden van Nadia.")
		still()
	})

	t.Run("that is not right", func(t *testing.T) {
		joost, joostHome := seat(t, b, d, "colleague", browser.Settings{})
		tell(joost, joostHome, told{words: "Ze houdt niet van bellen.", about: "Nadia"})
		els.See("Ze houdt niet van bellen.")
		still := same(t, els)
		nadia.Submit(saying(nadia, "Ze houdt niet van bellen.") + " text=Klopt niet")
		nadia.See("Jij zei: klopt niet.")
		els.SeeNo("Ze houdt niet van bellen.")
		still()
		joost.Go(at(joostHome, "picture"))
		joost.Click("text=Wat niet klopt")
		joost.See("Nadia zei: klopt niet. Het staat niet in het beeld.")
		nadia.Submit("text=Ongedaan maken")
		els.See("Ze houdt niet van bellen.")
	})
}

// TestSharing follows words that somebody shares, and shares no longer.
func TestSharing(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	nadia, home := seat(t, b, d, "vrager", phone)
	samir, _ := seat(t, b, d, "bonus", browser.Settings{})
	els, _ := seat(t, b, d, "professional", browser.Settings{})
	const words = "Ik wil leren zwemmen."
	tell(nadia, home, told{words: words})
	els.See(words) // whom she chose to see it first
	samir.SeeNo(words)
	still := same(t, samir)

	toggle(nadia, words, "Samir")
	samir.See(words)
	toggle(nadia, words, "Samir")
	samir.SeeNo(words)
	els.See(words)
	nadia.Submit("text=Ongedaan maken")
	samir.See(words)
	nadia.Submit("text=Ongedaan maken")
	samir.SeeNo(words)
	still()
}

// TestEmotion follows a feeling that somebody else noticed, until its owner
// says that it got enough attention.
func TestEmotion(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	nadia, home := seat(t, b, d, "vrager", phone)
	els, elsHome := seat(t, b, d, "professional", browser.Settings{})
	samir, _ := seat(t, b, d, "bonus", browser.Settings{})
	const words = "Mijn zoon belde vannacht."
	nadia.Submit("text=Gewoon")
	tell(nadia, home, told{words: words})
	still := same(t, nadia)

	els.Go(elsHome)
	els.Follow(more(els, words) + " text=Ik merkte een gevoel")
	els.See("Wat zag je bij Nadia?")
	els.Fill("#feel", "ontroerd")
	els.Submit("text=Bewaar")
	els.See("Het gevoel staat erbij.")

	nadia.See("ontroerd")
	still()
	samir.SeeNo("ontroerd")
	nadia.Submit(feeling(nadia, "ontroerd") + " text=Ja, dat voelde ik")
	sees(els, saying(els, words), "ontroerd · nog open")
	nadia.Submit(feeling(nadia, "ontroerd") + " text=Ja, genoeg")
	nadia.See("Goed dat het aandacht kreeg.")
	sees(els, saying(els, words), "ontroerd · kreeg aandacht")
	nadia.Submit("text=Ongedaan maken")
	sees(els, saying(els, words), "ontroerd · nog open")
}

// TestPause follows the pace that a vrager chooses: on pause nothing is asked.
func TestPause(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	nadia, home := seat(t, b, d, "vrager", phone)
	els, elsHome := seat(t, b, d, "professional", browser.Settings{})
	els.See("Het tempo is rustig. Eén ding tegelijk.")
	still := same(t, els)
	nadia.See("Er wacht nog iets")
	nadia.Submit("text=Pauze")
	nadia.See("Pauze: we vragen je nu niets.")
	els.See("Het is pauze. Er wordt nu niets gevraagd.")
	still()
	tell(els, elsHome, told{words: "Je keek blij.", about: "Nadia"})
	nadia.Go(home)
	nadia.See("Dag Nadia")
	for _, question := range []string{
		"Klopt dit?", "Je keek blij.", "Een vraag", "Er wacht nog iets", "Kreeg dit genoeg aandacht?", "Els vraagt", "Wil je dit?",
	} {
		nadia.SeeNo(question)
	}
	nadia.Submit("text=Gewoon")
	nadia.See("Je keek blij.")
}
