package lens

// ofWords adds the runs of words, and the runs of frames: small words and
// kinds of word, which are the same whatever is spoken of.
func (l *line) ofWords(f *Features) {
	from := len(f.Index)
	grams(f, spaceWords, l.words, 3, itself)
	f.level(from, weighWords)
	from = len(f.Index)
	grams(f, spaceFrame, l.words, 4, itsFrame)
	f.level(from, weighFrame)
}

// ofLetters adds the runs of two to five letters in each word, with a space
// before and behind it.
func (l *line) ofLetters(f *Features) {
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
	f.level(from, weighLetters)
}

// edge is how many words at the beginning and at the end are seen apart.
const edge = 4

// ofEdges adds the first and last words.
func (l *line) ofEdges(f *Features) {
	from := len(f.Index)
	n := min(len(l.words), edge)
	last := len(l.words) - 1
	h := uint64(spaceFirst)
	for i := range n {
		h = l.ofEdge(f, spaceFirst, h, i)
	}
	h = uint64(spaceLast)
	for i := range n {
		h = l.ofEdge(f, spaceLast, h, last-i)
	}
	f.level(from, weighEdges)
}

// ofEdge adds one word of an edge: with those before it, and alone.
func (l *line) ofEdge(f *Features, s space, h uint64, i int) uint64 {
	w := &l.words[i]
	h = join(h, w.hash)
	f.put(h, 1)
	f.put(join(uint64(s+anywhere), w.hash), 1)
	f.put(join(uint64(s+byFrame), w.frame), 1)
	return h
}

// tail is how many last words stand for the last sentence where no mark shows
// where it begins.
const tail = 12

// ofLastSentence adds the last sentence: what somebody ends with tells most of
// what the whole does.
func (l *line) ofLastSentence(f *Features) {
	from := len(f.Index)
	last := l.words[l.sentence:]
	if len(last) > tail && l.sentence == 0 {
		last = last[len(last)-tail:]
	}
	grams(f, spaceSentence, last, 2, itself)
	grams(f, spaceSentence+anywhere, last, 3, itsFrame)
	for i := range min(len(last), 3) {
		f.put(join(uint64(spaceSentence+byFrame)+uint64(i), last[i].frame), 1)
	}
	f.level(from, weighSentence)
}

// ofKinds adds the kinds of word that are there, and those that stand beside
// each other.
func (l *line) ofKinds(f *Features) {
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
					f.put(join(uint64(spaceKinds)+uint64(a)<<8, uint64(c)), weighPair)
				}
			}
		}
		before = k
		all |= k
	}
	each(f, spaceKinds, uint64(all))
	f.level(from, weighKinds)
}

// ofMarks adds the marks. They help where they are there and are not needed:
// training sees every text without them too.
func (l *line) ofMarks(f *Features) { each(f, spaceMarks, uint64(l.marks)) }

// lengths are where the steps of length end, in words.
var lengths = [...]int{0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 50, 70, 100}

// stepOf gives the step of a length.
func stepOf(n int) int {
	for i, most := range lengths {
		if n <= most {
			return i
		}
	}
	return len(lengths)
}

// ofPlace adds how long the utterance and its neighbours are, whose side it is
// on, and where it stands in its turn and in the conversation.
func (x *extractor) ofPlace(f *Features, i int) {
	l := &x.lines[i]
	from := len(f.Index)
	put := func(sort, n int) { f.put(join(uint64(spacePlace)+uint64(sort)<<8, uint64(n)), 1) }
	side := 0
	if l.role.Professional() {
		side = 1
	}
	n := stepOf(len(l.words))
	put(0, n)
	for k := range n {
		put(1, k)
	}
	put(2, side)
	put(3, n*2+side)
	if i == 0 || x.lines[i-1].turn != l.turn {
		put(4, side)
	}
	if i == len(x.lines)-1 || x.lines[i+1].turn != l.turn {
		put(5, side)
	}
	put(6, min(i, 5))
	put(7, min(len(x.lines)-1-i, 5))
	if p := x.turnBefore(i); p >= 0 {
		put(9, stepOf(len(x.lines[p].words)))
	}
	if p := x.turnAfter(i); p >= 0 {
		put(10, stepOf(len(x.lines[p].words)))
	}
	f.times(from, weighSingle)
}
