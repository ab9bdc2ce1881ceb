package lens

import "samenspel/lens/learn"

// maxCodes is how many codes a field has at most.
const maxCodes = 13

// Chances are how likely each code of each field is, in the order of
// [Field.Codes]; all 0 where a field does not apply.
type Chances [NumFields][maxCodes]float32

// Put turns the log odds of a field into its chances.
func (c *Chances) Put(f Field, margins []float64) {
	for k, p := range learn.Chances(margins, 1) {
		c[f][k] = float32(p)
	}
}

// Sight gives what the linear readers see of the utterances of one
// conversation: first their text and what stands around it, then what was
// found near by. Training and coding see through the same one.
type Sight struct {
	text extractor
	us   []Utterance
}

// NewSight gives a sight with the mix that the lens is trained with.
func NewSight() *Sight { return &Sight{} }

// Read takes a conversation, or a stretch of it.
func (s *Sight) Read(us []Utterance) {
	s.us = us
	s.text.read(us)
}

// Text gives the features of the words of utterance i and around it.
func (s *Sight) Text(i int, f *Features) { s.text.of(i, f) }

// How far a second reading looks around, in utterances.
const (
	nearBefore = 3
	nearAfter  = 2
)

// Near adds what a first reading found in utterance i and near it.
func (s *Sight) Near(i int, found []Chances, f *Features) {
	for j := max(0, i-nearBefore); j <= min(len(s.us)-1, i+nearAfter); j++ {
		put(f, s.near(i, j), &found[j], 1)
	}
}

// near names a place near utterance i: how far, who speaks, whether it is in
// the same turn.
func (s *Sight) near(i, j int) uint64 {
	place := uint64(j-i+nearBefore) << 2
	if s.us[j].Role.Professional() {
		place |= 1
	}
	if s.us[j].Turn != s.us[i].Turn {
		place |= 2
	}
	return join(uint64(spaceNear), place)
}

// put adds the chances of one utterance in a space of their own.
func put(f *Features, space uint64, found *Chances, weight float32) {
	for field := range found {
		for k := range fields[field].codes {
			if p := found[field][k]; p != 0 {
				f.put(join(space, uint64(field<<8+k)), p*weight)
			}
		}
	}
}

// maxAnswer bounds the utterances of an answer that are read.
const maxAnswer = 6

// answer gives where the next turn of a professional begins and ends, behind
// the turn of utterance i; from is -1 when there is none.
func (s *Sight) answer(i int) (from, to int) {
	for from = i + 1; from < len(s.us); from++ {
		if s.us[from].Role.Professional() && s.us[from].Turn != s.us[i].Turn {
			break
		}
	}
	if from == len(s.us) {
		return -1, -1
	}
	for to = from; to < len(s.us) && to < from+maxAnswer && s.us[to].Turn == s.us[from].Turn; to++ {
	}
	return from, to
}

// Answer adds what a professional answers to the turn that ends with utterance
// i: the words, and what a first reading found in them. It reports false when
// nobody answers.
func (s *Sight) Answer(i int, found []Chances, f *Features) bool {
	from, to := s.answer(i)
	if from < 0 {
		return false
	}
	begin := len(f.Index)
	var most Chances
	for j := from; j < to; j++ {
		words := s.text.lines[j].words
		grams(f, spaceAnswer, words, 2, itself)
		grams(f, spaceAnswer+1000, words, 2, itsFrame)
		for a := range most {
			for k, p := range found[j][a] {
				most[a][k] = max(most[a][k], p)
			}
		}
	}
	f.level(begin, 1)
	put(f, join(uint64(spaceAnswer)+2000, 0), &most, 1)
	put(f, join(uint64(spaceAnswer)+2000, 1), &found[from], 1)
	for j := i - 1; j >= 0 && s.us[j].Turn == s.us[i].Turn; j-- {
		put(f, join(uint64(spaceAnswer)+2000, 2), &found[j], 1)
	}
	return true
}

// Answered reports whether utterance i ends a turn of a partner that somebody
// answers: only there the codebook asks how a feeling was answered.
func (s *Sight) Answered(i int) bool {
	if s.us[i].Role.Professional() || i+1 < len(s.us) && s.us[i+1].Turn == s.us[i].Turn {
		return false
	}
	from, _ := s.answer(i)
	return from >= 0
}
