package suggest

import (
	"context"
	"errors"
	"slices"

	"samenspel/lens"
)

// Report says how it went, in numbers only.
type Report struct {
	Asked    int           // utterances that the language model was asked for
	Taken    int           // of those: how many got its codes
	Changed  int           // of those: how many have other codes than before
	Faults   map[Fault]int // what was wrong with the other lines
	Masked   Masked        // what was taken out of the text before it was sent
	Requests int
	Retries  int
}

func (r *Report) fault(f Fault) {
	if r.Faults == nil {
		r.Faults = map[Fault]int{}
	}
	r.Faults[f]++
}

// errSpent is the cause when the time for all of it is over.
var errSpent = errors.New("suggest: spent")

// maxNonsense is after how many answers in a row without a line that can be
// taken it ends.
const maxNonsense = 3

// Suggest asks for codes for utterances that the lens has coded, and gives all
// of them back: those for which a valid answer came with its codes, marked as
// [lens.BySuggester] and without a measure of how sure they are, all others as
// they were. What a person coded is not asked for. With an error, what came
// before it is there too, and the list is whole: the codes of the lens stay.
//
// Names and numbers are taken out of the text first, by rules:
//   - each word of a speaker's name, and of the further names given, wherever it
//     stands and however it is written, also with an ending ("Noors",
//     "Noortje"); a name that is an everyday word as well (Wil, Ben, Roos) only
//     with a capital;
//   - any word with a capital within a sentence, or before a word such as
//     "zei" and "belde", unless it is a common word or short for an organisation
//     or a law, and from then on wherever it has one: people, places,
//     organisations;
//   - e-mail and web addresses, accounts, postcodes, dates, a street with its
//     number, and every run of four digits or more.
//
// It cannot find a name that nobody here has and that only begins sentences or
// has no capital (as in a transcript without any), a name in a script without
// capitals or spaces, a nickname, numbers in words, or somebody who is known by
// what is told of them. So what is sent is not anonymous: the server has to be
// one that may read it.
func (s *Suggester) Suggest(ctx context.Context, coded []lens.Coded, names ...string) ([]lens.Coded, Report, error) {
	all := slices.Clone(coded)
	ctx, cancel := context.WithTimeoutCause(ctx, s.config.Budget, errSpent)
	defer cancel()
	r := round{Suggester: s}
	m := newMask(all, names)
	err := r.parts(ctx, all, m)
	settle(all)
	r.report.Masked = m.count
	return all, r.report, err
}

// parts asks part after part, until something says that asking on is no use.
func (r *round) parts(ctx context.Context, all []lens.Coded, m *mask) error {
	nonsense := 0 // answers in a row of which nothing was taken
	last := &Failure{Reason: Nonsense}
	for _, p := range parts(all) {
		r.report.Asked += p.asks(all)
		answer, err := r.answer(ctx, p.question(all, m))
		var failure *Failure
		switch {
		case err == nil:
		case errors.As(err, &failure) && (failure.Reason == Broken || failure.Reason == Large):
			last = failure
		default:
			return err
		}
		taken := r.report.Taken
		p.take(all, lines(answer), &r.report)
		nonsense++
		if r.report.Taken > taken {
			nonsense = 0
		}
		if nonsense == maxNonsense {
			return last
		}
	}
	if r.report.Asked > 0 && r.report.Taken == 0 {
		return last
	}
	return nil
}

// settle makes answers to feelings stand where the codebook has them, in the
// turns in which something was taken: on the last utterance of a partner's turn
// with a feeling in it, when a professional speaks later.
func settle(all []lens.Coded) {
	answered := false // in this dialogue, behind the turn that ends at to
	for to := len(all); to > 0; {
		last := &all[to-1]
		if to < len(all) && all[to].Dialogue != last.Dialogue {
			answered = false
		}
		from := to - 1
		for from > 0 && all[from-1].Dialogue == last.Dialogue && all[from-1].Turn == last.Turn && all[from-1].Speaker == last.Speaker {
			from--
		}
		settleTurn(all[from:to], answered)
		answered = answered || last.Role.Professional()
		to = from
	}
}

// settleTurn does that for one turn. What a person coded is not touched.
func settleTurn(turn []lens.Coded, answered bool) {
	felt, taken := false, false
	for i := range turn {
		felt = felt || turn[i].Codes[lens.Emotion] != "" && turn[i].Codes[lens.Emotion] != lens.None
		taken = taken || turn[i].By == lens.BySuggester
	}
	for i := range turn {
		last := i == len(turn)-1
		if taken && mayAsk(&turn[i]) && !(last && felt && answered) {
			turn[i].Codes[lens.Response], turn[i].Sure[lens.Response] = "", 0
		}
	}
}
