package suggest_test

import (
	"net/http"
	"strings"
	"testing"

	"samenspel/lens"
)

// told is an invented conversation full of what must not be sent; planted is
// what that is, in small letters.
var (
	told = []struct {
		speaker string
		role    lens.Role
		text    string
	}{
		{"Noor Bakker", lens.Professional, "Dag Xanthe, ik ben Noor. Mevrouw Bakker mag ook, hoor."},
		{"Xanthe de Wolff", lens.Vrager, "Ik woon met Quirijn in Zwaagwesteinde, Prinsesselaan 12a, 9299 HJ."},
		{"Xanthe de Wolff", lens.Vrager, "Bel maar 06-12345678 of +31 (0)20 - 555 01 99, of mail x.wolff@post.example."},
		{"Wil", lens.Bonus, "Xanthes moeder, oma Geertruida, was XANTHE haar alles. xanthe huilde. Xanthe's broer ook, en Xanthetje zelf."},
		{"Wil", lens.Bonus, "Ik wil dat niet. Quirijn zei: dat kan Wil niet."},
		{"Noor Bakker", lens.Professional, "Je bent van 3 maart 1971, en je nummer is 123456782?"},
		{"Noor Bakker", lens.Professional, "Dus NL91 ABNA 0417 1643 00, of nl02rabo0123456789, en 1987-05-14 of 14-5-87."},
		{"Xanthe de Wolff", lens.Vrager, "Karin Hazewinkel van Stichting Morgenrood zegt het, zie www.morgenrood.example/xanthe."},
		{"Xanthe de Wolff", lens.Vrager, "Met dr. Ypma en J. Terpstra sprak ik in Xan\u00adthe’s huis, aan de kerkstraat 5."},
		{"José", lens.Colleague, "Jose\u0301 en JOSÉ en jose: dat ben ik. Het UWV belde ook."},
		{"José", lens.Colleague, "Zij lachte. Hatice zei niets. ’s Avonds, dat is waar. Volgens www.hatice.example wel."},
		{"José", lens.Colleague, "Ik ging naar Oude Pekela... Hij ook; 1234ab is de code van de deur."},
	}
	planted = []string{
		"noor", "bakker", "xanthe", "wolff", "quirijn", "zwaagwesteinde", "prinsesselaan", "9299", "hj", "0612345678", "12345678", "555",
		"post.example", "geertruida", "maart 1971", "1971", "123456782", "abna", "0417", "rabo", "1987", "14-5-87", "karin", "hazewinkel",
		"stichting", "morgenrood", "ypma", "terpstra", "kerkstraat", "jose", "josé", "pekela", "oude", "1234", "dialoog-geheim",
		"van der meulen", "meulen", "hatice",
	}
)

func conversation() []lens.Coded {
	coded := make([]lens.Coded, len(told))
	for i, line := range told {
		coded[i] = lens.Coded{By: lens.ByLens, Utterance: lens.Utterance{Dialogue: "dialoog-geheim", N: i + 1, Turn: i + 1,
			Speaker: line.speaker, Role: line.role, Text: line.text}}
	}
	return coded
}

func TestNoNameOrNumberIsSent(t *testing.T) {
	coded := conversation()
	coded[4].Text += " En van der meulen, die buurman."
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) { say(w, all(a, coded)) })
	_, report, err := suggester(t, config(s)).Suggest(t.Context(), coded, "Piet van der Meulen")
	if err != nil || report.Masked.Names < 20 || report.Masked.Numbers < 12 {
		t.Errorf("%v %+v", err, report)
	}
	if len(s.questions()) == 0 {
		t.Fatal("nothing was asked")
	}
	for _, a := range s.questions() {
		lines := strings.ToLower(a.lines())
		for _, name := range planted {
			if strings.Contains(lines, name) {
				t.Errorf("%q is in what was sent", name)
			}
		}
		for _, kept := range []string{"> 5 p3 bonus: ik wil dat niet. ", "het uwv belde", "oma n", "mevrouw p1", "zij lachte", "’s avonds", "kan p3 niet"} {
			if !strings.Contains(lines, kept) {
				t.Errorf("%q is not in what was sent", kept)
			}
		}
		if t.Failed() {
			t.Log(a.lines())
		}
	}
}

func TestNothingIsSentInAddressOrHeaders(t *testing.T) {
	coded := conversation()
	s := serve(t, func(w http.ResponseWriter, a *asked, _ int) { say(w, all(a, coded)) })
	c := config(s)
	c.Key = ""
	if _, _, err := suggester(t, c).Suggest(t.Context(), coded); err != nil {
		t.Fatal(err)
	}
	a := s.questions()[0]
	if len(a.header) != 5 || a.header.Get("Authorization") != "" || a.header.Get("User-Agent") != "samenspel" {
		t.Errorf("headers: %v", a.header)
	}
}
