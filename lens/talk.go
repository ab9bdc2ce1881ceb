package lens

import (
	"iter"
	"strings"
	"time"

	"samenspel/transcript"
)

// Utterances cuts the turns of a transcript into utterances, each with the role
// of who spoke. Turns of the codebook's JSON Lines are cut already and stay as
// they are. In a turn with times, an utterance has the part of the time that it
// has of the words. It ends at the first error, or at a speaker without a role:
// see [NoRoleError].
func Utterances(turns iter.Seq2[transcript.Turn, error], cast Cast) iter.Seq2[Utterance, error] {
	return func(yield func(Utterance, error) bool) {
		dialogue, n, turn := "", 0, 0
		for t, err := range turns {
			if err != nil {
				yield(Utterance{}, err)
				return
			}
			if t.Dialogue != dialogue {
				dialogue, n, turn = t.Dialogue, 0, 0
			}
			turn++
			role, ok := cast.Role(t.Speaker)
			if !ok {
				role = Role(t.Role)
			}
			if !role.Known() {
				yield(Utterance{}, &NoRoleError{t.Line})
				return
			}
			parts := t.Parts
			if t.Role == "" {
				parts = Split(strings.Join(t.Parts, " "))
			}
			u := Utterance{Dialogue: t.Dialogue, Turn: turn, Speaker: t.Speaker, Role: role}
			for i, span := range spans(parts, t) {
				n++
				u.N, u.Text, u.Start, u.End = n, parts[i], span.from, span.to
				if !yield(u, nil) {
					return
				}
			}
		}
	}
}

// NoRoleError says at which line somebody speaks who has no role. It does not
// say who.
type NoRoleError struct{ Line int }

func (e *NoRoleError) Error() string { return "somebody speaks who has no role" }

// span is from when to when something was said.
type span struct{ from, to time.Duration }

// spans divides the time of a turn over its parts by their length.
func spans(parts []string, t transcript.Turn) []span {
	list := make([]span, len(parts))
	if !t.Timed {
		return list
	}
	all, before := 0, 0
	for _, p := range parts {
		all += len(p)
	}
	long := max(0, t.End-t.Start)
	at := func(length int) time.Duration {
		return t.Start + time.Duration(float64(long)*float64(length)/float64(max(1, all)))
	}
	for i, p := range parts {
		list[i] = span{at(before), at(before + len(p))}
		before += len(p)
	}
	return list
}
