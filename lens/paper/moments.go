package paper

import "samenspel/lens"

// maxCards is how many moments stand on paper in full.
const maxCards = 30

// moment is a feeling, with the sentence and the answer.
type moment struct {
	Label  string
	Answer lens.Code // "" where nobody answered
	Where  string
	Said   quote
	Reply  []quote
}

// Moments are the feelings with their answers, in the order of the talk.
func (o *outline) Moments() []moment {
	var list []moment
	for _, m := range o.Measures.Emotion.Moments {
		said, ok := o.quote(m.At)
		if !ok || len(list) == maxCards {
			continue
		}
		list = append(list, moment{o.answer(m.Answer), m.Answer, o.where(m.At, m.Start), said, o.quotes(m.Reply)})
	}
	return list
}

// answer says how a feeling was answered; with a question mark where the lens
// is not sure enough.
func (o *outline) answer(c lens.Code) string {
	if c == "" {
		return o.Say("answer.none")
	}
	label := o.Say("answer." + string(c))
	if o.Measures.LookHere[lens.Response] {
		return o.Say("answer.look", "Answer", label)
	}
	return label
}

// MoreMoments is how many feelings do not stand on paper.
func (o *outline) MoreMoments() int {
	e := &o.Measures.Emotion
	return e.Answers.All(lens.Response.Codes()...).N + e.Without.N - len(o.Moments())
}

// AnswerCounts are the answers to feelings with their counts.
func (o *outline) AnswerCounts() []item {
	e := &o.Measures.Emotion
	var list []item
	for _, c := range lens.Response.Codes() {
		list = append(list, o.item(o.Say("answer."+string(c)), e.Answers.Of(c), lens.Response, lens.Emotion))
	}
	return append(list, o.item(o.Say("answer.none"), e.Without, lens.Response, lens.Emotion))
}
