package lens

import "math"

// Power is.
var Power = 0.5

// Features are what a linear reader sees of an utterance: hashes, and how much
// of each.
type Features struct {
	Index []uint32
	Value []float32
}

// reset empties the features and keeps their room.
func (f *Features) reset() { f.Index, f.Value = f.Index[:0], f.Value[:0] }

// Add adds one feature of a space of its own, such as what another reader said.
func (f *Features) Add(space string, n int, value float32) {
	f.put(join(hashOf(space), uint64(n)), value)
}

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
	each := weight / float32(math.Pow(float64(n), Power)) * float32(math.Pow(20, Power-.5))
	for i := from; i < len(f.Value); i++ {
		f.Value[i] *= each
	}
}

// root is the square root, by Newton, with the same bits on every machine.
func root(x float32) float32 {
	y := x
	if y < 1 {
		y = 1
	}
	for range 20 {
		y = (y + x/y) / 2
	}
	return y
}

// space keeps features of different origin apart.
type space uint64

// The spaces.
const (
	spaceWords space = iota + 1
	spaceLetters
	spaceFirst
	spaceLast
	spaceSentence
	spaceKinds
	spaceFrame
	spaceMarks
	spacePlace
	spaceLength
	spaceEcho
	spaceBefore
	spaceAfter
	spaceSame
	spaceEarlier
	spaceLater
	spaceKindsBefore
	spaceKindsAfter
	spaceMarksBefore
	spaceMarksAfter
	spaceNear
	spaceAnswer
)

// Blocks says how heavy each group of features is.
type Blocks struct {
	Words, Letters, Edge, Sentence, Kinds, Frame, Marks, Place, Echo, Before, After, Same, Near float32
}

// DefaultBlocks is the mix.
var DefaultBlocks = Blocks{Words: 1.5, Letters: 1.5, Edge: 1, Sentence: 1, Kinds: 1, Frame: 1, Marks: 1, Place: 1, Echo: 1, Before: 1, After: 1, Same: .5, Near: 1}

// Extractor takes the features of the utterances of one conversation.
type Extractor struct {
	Mix   Blocks
	lines []line
	seen  []uint64
}

// Read takes a conversation apart.
func (x *Extractor) Read(us []Utterance) {
	for len(x.lines) < len(us) {
		x.lines = append(x.lines, line{})
	}
	x.lines = x.lines[:len(us)]
	for i := range us {
		x.lines[i].read(&us[i])
	}
}

// Of gives the features of utterance i.
func (x *Extractor) Of(i int, f *Features) {
	f.reset()
	l := &x.lines[i]
	b := &x.Mix
	x.words(f, l, b)
	x.letters(f, l, b.Letters)
	x.edges(f, l, b)
	x.kinds(f, l, b)
	x.place(f, i, b)
	x.around(f, i, b)
}

func (x *Extractor) words(f *Features, l *line, b *Blocks) {
	from := len(f.Index)
	grams(f, spaceWords, l.words, 3, func(w *word) uint64 { return w.hash })
	f.level(from, b.Words)
	from = len(f.Index)
	grams(f, spaceFrame, l.words, 4, func(w *word) uint64 { return w.frame })
	f.level(from, b.Frame)
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

func (x *Extractor) letters(f *Features, l *line, weight float32) {
	from := len(f.Index)
	for _, w := range l.words {
		r := l.runes[w.from:w.to]
		for i := -1; i < len(r); i++ {
			h := uint64(spaceLetters)
			for j := i; j <= len(r) && j < i+5; j++ {
				c := uint64(' ')
				if j >= 0 && j < len(r) {
					c = uint64(r[j])
				}
				h = step(h, c)
				if j > i {
					f.put(h, 1)
				}
			}
		}
	}
	f.level(from, weight)
}

func (x *Extractor) edges(f *Features, l *line, b *Blocks) {
	from := len(f.Index)
	n := len(l.words)
	h := uint64(spaceFirst)
	for i := 0; i < n && i < 4; i++ {
		h = join(h, l.words[i].hash)
		f.put(h, 1)
		f.put(join(uint64(spaceFirst)+100, l.words[i].hash), 1)
		f.put(join(uint64(spaceFirst)+200, l.words[i].frame), 1)
	}
	h = uint64(spaceLast)
	for i := 0; i < n && i < 4; i++ {
		h = join(h, l.words[n-1-i].hash)
		f.put(h, 1)
		f.put(join(uint64(spaceLast)+100, l.words[n-1-i].hash), 1)
		f.put(join(uint64(spaceLast)+200, l.words[n-1-i].frame), 1)
	}
	f.level(from, b.Edge)
	from = len(f.Index)
	last := l.words[l.sentence:]
	if len(last) > 12 && l.sentence == 0 {
		last = last[len(last)-12:]
	}
	grams(f, spaceSentence, last, 2, func(w *word) uint64 { return w.hash })
	grams(f, spaceSentence+100, last, 3, func(w *word) uint64 { return w.frame })
	for i := 0; i < len(last) && i < 3; i++ {
		f.put(join(uint64(spaceSentence)+200+uint64(i), last[i].frame), 1)
	}
	f.level(from, b.Sentence)
}

func (x *Extractor) kinds(f *Features, l *line, b *Blocks) {
	from := len(f.Index)
	var all, before kinds
	for i := range l.words {
		k := l.words[i].kinds
		for a := range numKinds {
			if k&(1<<a) == 0 {
				continue
			}
			for c := range numKinds {
				if before&(1<<c) != 0 {
					f.put(join(uint64(spaceKinds)+uint64(a)<<8, uint64(c)), 0.5)
				}
			}
		}
		before = k
		all |= k
	}
	one(f, spaceKinds, all)
	f.level(from, b.Kinds)
	from = len(f.Index)
	for a := range 16 {
		if l.marks&(1<<a) != 0 {
			f.put(join(uint64(spaceMarks), uint64(a)), 1)
		}
	}
	for i := from; i < len(f.Value); i++ {
		f.Value[i] *= b.Marks
	}
}

// one adds each kind once.
func one(f *Features, s space, all kinds) {
	for a := range numKinds {
		if all&(1<<a) != 0 {
			f.put(join(uint64(s), uint64(a)), 1)
		}
	}
}

// steps of length, in words.
var steps = [...]int{0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 50, 70, 100}

func bucket(n int) int {
	for i, s := range steps {
		if n <= s {
			return i
		}
	}
	return len(steps)
}

func (x *Extractor) place(f *Features, i int, b *Blocks) {
	l := &x.lines[i]
	from := len(f.Index)
	put := func(kind, n int) { f.put(join(uint64(spacePlace)+uint64(kind)<<8, uint64(n)), 1) }
	side := 0
	if l.role.Professional() {
		side = 1
	}
	n := bucket(len(l.words))
	put(0, n)
	for k := range n {
		put(1, k)
	}
	put(2, side)
	put(3, n*2+side)
	first := i == 0 || x.lines[i-1].turn != l.turn
	last := i == len(x.lines)-1 || x.lines[i+1].turn != l.turn
	if first {
		put(4, side)
	}
	if last {
		put(5, side)
	}
	put(6, min(i, 5))
	put(7, min(len(x.lines)-1-i, 5))
	if p := x.turnBefore(i); p >= 0 {
		put(9, bucket(len(x.lines[p].words)))
	}
	if p := x.turnAfter(i); p >= 0 {
		put(10, bucket(len(x.lines[p].words)))
	}
	for k := from; k < len(f.Value); k++ {
		f.Value[k] *= 0.3 * b.Place
	}
}

// turnBefore is the last utterance of the turn before; -1 when there is none.
func (x *Extractor) turnBefore(i int) int {
	j := i - 1
	for j >= 0 && x.lines[j].turn == x.lines[i].turn {
		j--
	}
	return j
}

// turnAfter is the first utterance of the next turn; -1 when there is none.
func (x *Extractor) turnAfter(i int) int {
	for j := i + 1; j < len(x.lines); j++ {
		if x.lines[j].turn != x.lines[i].turn {
			return j
		}
	}
	return -1
}

// sameBefore is the last utterance of the same speaker in an earlier turn.
func (x *Extractor) sameBefore(i int) int {
	for j := x.turnBefore(i); j >= 0 && j > i-12; j-- {
		if x.lines[j].speaker == x.lines[i].speaker {
			return j
		}
	}
	return -1
}

func (x *Extractor) around(f *Features, i int, b *Blocks) {
	l := &x.lines[i]
	p, n, s := x.turnBefore(i), x.turnAfter(i), x.sameBefore(i)
	x.beside(f, p, spaceBefore, b.Before, true)
	x.beside(f, n, spaceAfter, b.After, false)
	x.beside(f, s, spaceSame, b.Same, true)
	if i > 0 && x.lines[i-1].turn == l.turn {
		x.beside(f, i-1, spaceEarlier, b.Near, true)
	}
	if i+1 < len(x.lines) && x.lines[i+1].turn == l.turn {
		x.beside(f, i+1, spaceLater, b.Near, false)
	}
	x.echo(f, i, b)
}

// beside adds an utterance near by, in a space of its own.
func (x *Extractor) beside(f *Features, j int, s space, weight float32, end bool) {
	if j < 0 {
		f.put(join(uint64(s), 7), 0.3*weight)
		return
	}
	l := &x.lines[j]
	from := len(f.Index)
	words := l.words
	if len(words) > 30 {
		if end {
			words = words[len(words)-30:]
		} else {
			words = words[:30]
		}
	}
	grams(f, s+1000, words, 2, func(w *word) uint64 { return w.hash })
	grams(f, s+2000, words, 2, func(w *word) uint64 { return w.frame })
	var all kinds
	for k := range words {
		all |= words[k].kinds
	}
	one(f, s+3000, all)
	for a := range 16 {
		if l.marks&(1<<a) != 0 {
			f.put(join(uint64(s)+4000, uint64(a)), 1)
		}
	}
	f.level(from, weight)
}

// echo adds how much of what the other said before comes back.
func (x *Extractor) echo(f *Features, i int, b *Blocks) {
	l := &x.lines[i]
	from := len(f.Index)
	for depth, j := 0, x.turnBefore(i); depth < 3 && j >= 0; depth, j = depth+1, x.turnBefore(j) {
		if x.lines[j].speaker == l.speaker {
			continue
		}
		x.seen = x.seen[:0]
		for k := range x.lines[j].words {
			x.seen = append(x.seen, x.lines[j].words[k].hash)
		}
		both, content := 0, 0
		for k := range l.words {
			w := &l.words[k]
			if framed[w.hash] || w.kinds.has(isListening) {
				continue
			}
			content++
			for _, h := range x.seen {
				if h == w.hash {
					both++
					break
				}
			}
		}
		d := uint64(depth)
		f.put(join(uint64(spaceEcho)+d, uint64(bucket(both))), 1)
		for k := range bucket(both) {
			f.put(join(uint64(spaceEcho)+100+d, uint64(k)), 1)
		}
		if content > 0 {
			f.put(join(uint64(spaceEcho)+200+d, uint64(both*5/content)), 1)
		}
	}
	for k := from; k < len(f.Value); k++ {
		f.Value[k] *= 0.3 * b.Echo
	}
}
