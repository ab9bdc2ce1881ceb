package suggest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// listed makes a set of words.
func listed(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

var (
	// particles are parts of names that are no name, in folded form.
	particles = listed(`de den der des het van von vd ten ter te tot op in la le les da dos das di el al bin ibn ben bint abu and en y`)

	// labels stand for a speaker without naming anybody.
	labels = listed(`spreker speaker onbekend unknown professional vrager bonus collega colleague naaste partner moeder vader mama papa
		ouder zoon dochter zus broer oma opa tante oom kind man vrouw buurman buurvrouw vriend vriendin begeleider hulpverlener coach
		therapist therapeut arts dokter verpleegkundige gemeente wijkteam interviewer mother father son daughter sister brother
		neighbour friend doctor nurse client tolk interpreter docent leraar teacher mevrouw meneer mr mrs dr`)

	// alsoWords are names that are everyday words too: they are names only where
	// they begin with a capital.
	alsoWords = listed(`an ben wil mark roos hoop rust iris bas mei jet joy hope faith grace will may rob bill sue pat art rose`)

	// openers are words that often begin a sentence and are never a name.
	openers = listed(`ik jij je jou jouw hij zij ze wij we jullie u uw het t de een dat dit die deze er daar hier wat wie waar hoe waarom
		waardoor wanneer welke welk en maar of want dus toen dan nu nou ja jawel nee neen oke ok goed fijn mooi prima precies klopt mijn
		zijn haar ons onze hun is was waren ben bent heb hebt heeft had hadden kan kun kunnen kon mag mogen moet moeten moest wil wilt
		willen wilde zal zullen zou zouden ga gaat gaan ging doe doet doen deed weet wist vind vindt vond denk denkt dacht zeg zegt zei
		kijk luister hoor wacht kom komt als omdat ook niet geen nog al alles alleen alle iets niets iemand niemand iedereen misschien
		soms altijd nooit eerst even toch wel zo om op in met van voor bij na naar uit over door tot tegen zonder onder tussen vandaag
		morgen gisteren straks avonds ochtends middags nachts later vroeger daarna daarom eigenlijk natuurlijk gewoon echt heel erg veel weinig meer minder mag laat
		laten sorry bedankt dank hallo hoi dag welkom tja ach oh o he hey hmm mm uh eh nounou zeker helaas jammer gelukkig volgens
		i you he she it we they my your his her our their this that these those the a an and but or so then now what who where how why
		when which yes no yeah okay well not do does did is are was were have has had can could will would should may might must let if
		because maybe sometimes always never there here in on at to for with from about by of just really very please thanks thank hello
		god allah jezus jesus inshallah monday tuesday wednesday thursday friday saturday sunday january february march april may june
		july august september october november december`)

	// letters are words in capitals that name no person or place.
	letters = listed(`wmo wlz wia ww wao wajong pgb uwv ggz ggd ciz cak sva gz hbo mbo vmbo havo vwo ehbo tv pc gps id bsn diy ptss ptsd adhd
		add asd ibs ic ok usa eu nl btw zzp cao svb dsm apk ov ns`)

	// titles stand before a name, and stay.
	titles = listed(`meneer mevrouw mijnheer dokter zuster broeder juf meester tante oom opa oma papa mama pap mam mister miss uncle aunt
		grandma grandpa mum mom dad buurman buurvrouw pastor imam dominee`)

	// shortened are words after whose full stop a sentence goes on.
	shortened = listed(`dr drs mr mrs ms mw mevr dhr prof ir ing st sr jr nr bijv bv ca`)

	// telling are what people do of whom somebody tells; a word with a capital
	// right before one is a name, also where it begins the sentence.
	telling = listed(`zei zegt vroeg vraagt vindt vond belde belt wil wilde woont woonde helpt hielp denkt dacht vertelde vertelt huilde
		huilt lachte schreeuwde riep mist miste said says told asked thinks thought wants wanted called calls lives lived helps helped
		cried cries`)

	// endings may stand behind a name: of somebody, or of somebody small.
	endings = []string{"s", "tje", "tjes", "je", "jes", "pje", "pjes", "ke"}
)

// fold brings the ways of writing a word together: capitals, accents, wide and
// joined letters.
func fold(word string) string {
	if !strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) {
		return strings.ToLower(word)
	}
	word = norm.NFKD.String(strings.ToLower(norm.NFKD.String(word)))
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, word)
}

// plain takes out of a text what is not seen, such as a soft hyphen: it would
// hide a name.
func plain(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd")))
}

// isLetter reports whether a rune is part of a word.
func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// piece is a word, or what stands between two words.
type piece struct {
	text    string
	word    bool
	folded  string // of a word
	capital bool   // of a word: it begins with one
	opens   bool   // of a word: a sentence begins with it
}

// pieces takes a text apart; joined, they are the text.
func pieces(text string) []piece {
	var all []piece
	opens := true
	for len(text) > 0 {
		first, _ := firstRune(text)
		word := isLetter(first)
		end := strings.IndexFunc(text, func(r rune) bool { return isLetter(r) != word })
		if end < 0 {
			end = len(text)
		}
		p := piece{text: text[:end], word: word}
		text = text[end:]
		if word {
			p.folded, p.capital, p.opens = fold(p.text), unicode.IsUpper(first) || unicode.IsTitle(first), opens
			opens = false
		} else {
			opens = opens || breaksSentence(p.text, all)
		}
		all = append(all, p)
	}
	return all
}

func firstRune(text string) (rune, bool) {
	for _, r := range text {
		return r, true
	}
	return 0, false
}

// breaksSentence reports whether a new sentence begins behind the signs. Three
// dots and a dash are a breath, and a full stop behind a shortened word or one
// letter is no end.
func breaksSentence(signs string, before []piece) bool {
	if strings.ContainsAny(signs, "!?:\"“„‘«([{") {
		return true
	}
	if !strings.Contains(signs, ".") || strings.Contains(signs, "..") || len(before) == 0 {
		return false
	}
	last := before[len(before)-1]
	return !shortened[last.folded] && len([]rune(last.text)) > 1
}
