package lens

import "math"

// Features are what a linear reader sees of an utterance: hashes, and how much
// of each.
type Features struct {
	Index []uint32
	Value []float32
}

// reset empties the features and keeps their room.
func (f *Features) reset() { f.Index, f.Value = f.Index[:0], f.Value[:0] }

// put adds one feature.
func (f *Features) put(h uint64, value float32) {
	f.Index = append(f.Index, uint32(mix(h)>>16))
	f.Value = append(f.Value, value)
}

// level gives the features from a place on a length of weight together, so
// that long utterances speak no louder than short ones.
func (f *Features) level(from int, weight float32) {
	n := len(f.Index) - from
	if n == 0 {
		return
	}
	f.times(from, weight/float32(math.Sqrt(float64(n))))
}

// times makes the features from a place on heavier or lighter.
func (f *Features) times(from int, by float32) {
	for i := from; i < len(f.Value); i++ {
		f.Value[i] *= by
	}
}

// grams adds the runs of one to n words.
func grams(f *Features, s space, words []word, n int, of func(*word) uint64) {
	for i := range words {
		h := uint64(s)
		for j := i; j < len(words) && j < i+n; j++ {
			h = join(h, of(&words[j]))
			f.put(h, 1)
		}
	}
}

// each adds a feature for each bit.
func each(f *Features, s space, bits uint64) {
	for a := range 64 {
		if bits&(1<<a) != 0 {
			f.put(join(uint64(s), uint64(a)), 1)
		}
	}
}

// letters and frames of a word.
func itself(w *word) uint64   { return w.hash }
func itsFrame(w *word) uint64 { return w.frame }

// space keeps features of different origin apart. A number that changes makes
// trained weights worthless.
type space uint64

// The spaces, and what is added to one for another sort within it.
const (
	spaceWords    space = 1
	spaceLetters  space = 2
	spaceFirst    space = 3
	spaceLast     space = 4
	spaceSentence space = 5
	spaceKinds    space = 6
	spaceFrame    space = 7
	spaceMarks    space = 8
	spacePlace    space = 9
	spaceEcho     space = 11
	spaceBefore   space = 12
	spaceAfter    space = 13
	spaceSame     space = 14
	spaceEarlier  space = 15
	spaceLater    space = 16
	spaceNear     space = 21
	spaceAnswer   space = 22

	anywhere space = 100
	byFrame  space = 200

	besideWords  space = 1000
	besideFrames space = 2000
	besideKinds  space = 3000
	besideMarks  space = 4000
)

// How heavy each group of features is.
const (
	weighWords    = 1.5
	weighLetters  = 1.5
	weighFrame    = 1
	weighEdges    = 1
	weighSentence = 1
	weighKinds    = 1
	weighPair     = 0.5 // within kinds, of two beside each other
	weighBeside   = 1
	weighSame     = 0.5
	weighSingle   = 0.3 // features that are not many together
)

// extractor takes the features of the utterances of one conversation.
type extractor struct {
	lines []line
}

// read takes a conversation apart.
func (x *extractor) read(us []Utterance) {
	for len(x.lines) < len(us) {
		x.lines = append(x.lines, line{})
	}
	x.lines = x.lines[:len(us)]
	for i := range us {
		x.lines[i].read(&us[i])
	}
}

// of gives the features of utterance i.
func (x *extractor) of(i int, f *Features) {
	f.reset()
	l := &x.lines[i]
	l.ofWords(f)
	l.ofLetters(f)
	l.ofEdges(f)
	l.ofLastSentence(f)
	l.ofKinds(f)
	l.ofMarks(f)
	x.ofPlace(f, i)
	x.around(f, i)
	x.echo(f, i)
}
