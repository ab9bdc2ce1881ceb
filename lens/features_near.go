package lens

// turnBefore is the last utterance of the turn before; -1 when there is none.
func (x *extractor) turnBefore(i int) int {
	j := i - 1
	for j >= 0 && x.lines[j].turn == x.lines[i].turn {
		j--
	}
	return j
}

// turnAfter is the first utterance of the next turn; -1 when there is none.
func (x *extractor) turnAfter(i int) int {
	for j := i + 1; j < len(x.lines); j++ {
		if x.lines[j].turn != x.lines[i].turn {
			return j
		}
	}
	return -1
}

// farthest is how far back somebody's own words are looked for.
const farthest = 12

// sameBefore is the last utterance of the same speaker in an earlier turn; -1
// when there is none near.
func (x *extractor) sameBefore(i int) int {
	for j := x.turnBefore(i); j >= 0 && j > i-farthest; j-- {
		if x.lines[j].speaker == x.lines[i].speaker {
			return j
		}
	}
	return -1
}

// around adds what is said around an utterance.
func (x *extractor) around(f *Features, i int) {
	turn := x.lines[i].turn
	x.beside(f, x.turnBefore(i), spaceBefore, weighBeside, true)
	x.beside(f, x.turnAfter(i), spaceAfter, weighBeside, false)
	x.beside(f, x.sameBefore(i), spaceSame, weighSame, true)
	if i > 0 && x.lines[i-1].turn == turn {
		x.beside(f, i-1, spaceEarlier, weighBeside, true)
	}
	if i+1 < len(x.lines) && x.lines[i+1].turn == turn {
		x.beside(f, i+1, spaceLater, weighBeside, false)
	}
}

// spanWords is how many words of an utterance near by are looked at.
const spanWords = 30

// beside adds an utterance near by, in a space of its own: its last words or
// its first. Under 0 it is not there, which also says something.
func (x *extractor) beside(f *Features, j int, s space, weight float32, end bool) {
	if j < 0 {
		f.put(join(uint64(s), 7), weighSingle*weight)
		return
	}
	l := &x.lines[j]
	from := len(f.Index)
	words := l.words
	if n := len(words); n > spanWords && end {
		words = words[n-spanWords:]
	} else if n > spanWords {
		words = words[:spanWords]
	}
	grams(f, s+besideWords, words, 2, itself)
	grams(f, s+besideFrames, words, 2, itsFrame)
	var all kinds
	for k := range words {
		all |= words[k].kinds
	}
	each(f, s+besideKinds, uint64(all))
	each(f, s+besideMarks, uint64(l.marks))
	f.level(from, weight)
}

// echoes is how many turns back words are looked for that come back.
const echoes = 3

// echo adds how much of what others said before comes back: who gives back
// uses their words.
func (x *extractor) echo(f *Features, i int) {
	l := &x.lines[i]
	from := len(f.Index)
	for depth, j := 0, x.turnBefore(i); depth < echoes && j >= 0; depth, j = depth+1, x.turnBefore(j) {
		if x.lines[j].speaker == l.speaker {
			continue
		}
		content, both := l.shares(&x.lines[j])
		d := uint64(spaceEcho) + uint64(depth)
		f.put(join(d, uint64(stepOf(both))), 1)
		for k := range stepOf(both) {
			f.put(join(d+100, uint64(k)), 1)
		}
		if content > 0 {
			f.put(join(d+200, uint64(both*5/content)), 1)
		}
	}
	f.times(from, weighSingle)
}

// shares counts the words of a line that are no small words, and those of them
// that stand in another line too.
func (l *line) shares(other *line) (content, both int) {
	for k := range l.words {
		w := &l.words[k]
		if framed[w.hash] || w.kinds.has(isListening) {
			continue
		}
		content++
		for o := range other.words {
			if other.words[o].hash == w.hash {
				both++
				break
			}
		}
	}
	return content, both
}
