package lens

import (
	"fmt"
	"time"
)

// Utterance is one complete thought of one speaker, mostly a sentence. Its
// text is what somebody said: it goes to nobody but the people of that
// conversation.
type Utterance struct {
	Dialogue string
	N        int // 1, 2, 3 … within the dialogue
	Turn     int // 1, 2, 3 …: a run of utterances of one speaker
	Speaker  string
	Role     Role
	Text     string
	Start    time.Duration // from the beginning of the recording
	End      time.Duration // 0 where the recording has no times
	Codes    Codes
}

// Fault says in one line what is wrong with the codes of an utterance, by the
// rules of the codebook that need nothing but the utterance itself; empty when
// nothing is. It holds no words of anybody.
func (u *Utterance) Fault() string {
	if !u.Role.Known() {
		return fmt.Sprintf("role %q is none of %v", u.Role, Roles())
	}
	for _, f := range Fields() {
		c := u.Codes[f]
		switch {
		case c == "":
		case !f.Has(c):
			return fmt.Sprintf("%s %q is none of %v", f, c, f.Codes())
		case !u.Role.Asks(f):
			return fmt.Sprintf("%s does not apply to a %s", f, u.Role)
		}
	}
	felt := u.Codes[Emotion] != None && u.Codes[Emotion] != ""
	if u.Codes[Valence] != "" && !felt {
		return "valence without an emotion"
	}
	return ""
}
