package lens

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Cast says who is what in a conversation, by the names in the transcript.
type Cast []Place

// Place is one speaker with a role.
type Place struct {
	Name string // "" for whoever speaks without a name
	Role Role
}

// unnamed stands for whoever speaks without a name.
const unnamed = "?"

// maxCast bounds who is named in one go.
const maxCast = 200

// spokenRoles are the roles as people call them.
var spokenRoles = map[string]Role{
	"professional": Professional, "prof": Professional, "hulpverlener": Professional,
	"vrager": Vrager, "bonus": Bonus, "naaste": Bonus, "colleague": Colleague, "collega": Colleague,
}

// CastError says which part of a list of roles is not as it should be. It holds
// no name of anybody.
type CastError struct {
	Part int // from 1
	Why  string
}

func (e *CastError) Error() string { return fmt.Sprintf("part %d of the roles %s", e.Part, e.Why) }

// Assign reads who is what: "Mieke=professional,Yara=vrager". A "?" is whoever
// speaks without a name. A name may have a comma in it.
func Assign(text string) (Cast, error) {
	var cast Cast
	before := "" // the beginning of a name with a comma in it
	for i, part := range strings.Split(strings.TrimRight(text, ", "), ",") {
		part = before + part
		at := strings.LastIndexByte(part, '=')
		if at < 0 {
			before = part + ","
			continue
		}
		before = ""
		name, role := strings.TrimSpace(part[:at]), spokenRoles[strings.ToLower(strings.TrimSpace(part[at+1:]))]
		switch {
		case name == "":
			return nil, &CastError{i + 1, "has no name before the ="}
		case role == "":
			return nil, &CastError{i + 1, fmt.Sprintf("has a role that is none of %v", Roles())}
		case len(cast) == maxCast:
			return nil, &CastError{i + 1, fmt.Sprintf("is one too many: at most %d", maxCast)}
		}
		if name == unnamed {
			name = ""
		}
		if _, twice := cast.Role(name); twice {
			return nil, &CastError{i + 1, "names somebody a second time"}
		}
		cast = append(cast, Place{name, role})
	}
	if before != "" || len(cast) == 0 {
		return nil, &CastError{len(cast) + 1, "has no =; write NAME=role"}
	}
	return cast, nil
}

// Role gives the role of a name, and whether it has one. Capitals and spaces
// around it do not count.
func (c Cast) Role(name string) (Role, bool) {
	for _, p := range c {
		if strings.EqualFold(p.Name, strings.TrimSpace(name)) {
			return p.Role, true
		}
	}
	return "", false
}

// Missing gives the names that have no role, once each and in order.
func (c Cast) Missing(names []string) []string {
	var missing []string
	for _, name := range names {
		if _, ok := c.Role(name); !ok && !slices.Contains(missing, name) {
			missing = append(missing, name)
		}
	}
	return missing
}

// Names are the names of the cast.
func (c Cast) Names() []string {
	var names []string
	for _, p := range c {
		names = append(names, p.Name)
	}
	return names
}

// String writes the cast as [Assign] reads it.
func (c Cast) String() string {
	var parts []string
	for _, p := range c {
		name := p.Name
		if name == "" {
			name = unnamed
		}
		parts = append(parts, name+"="+string(p.Role))
	}
	return strings.Join(parts, ",")
}

// Voice is how somebody sounds in a transcript, as far as it says who may be
// the professional.
type Voice struct {
	Name  string
	Parts int // sentences
	Asks  int // of these, questions
}

// Voices gathers who speaks, in the order in which they first do.
type Voices []Voice

// Hear adds what somebody said.
func (v *Voices) Hear(name, text string) {
	at := slices.IndexFunc(*v, func(x Voice) bool { return x.Name == name })
	if at < 0 {
		if len(*v) == maxCast {
			return
		}
		at = len(*v)
		*v = append(*v, Voice{Name: name})
	}
	for _, part := range Split(text) {
		(*v)[at].Parts++
		if isQuestion(part) {
			(*v)[at].Asks++
		}
	}
}

// Names are the names of those who speak.
func (v Voices) Names() []string {
	var names []string
	for _, x := range v {
		names = append(names, x.Name)
	}
	return names
}

// Propose gives a cast for a person to confirm: whoever asks most, for what
// they say, is the professional, the first other one the vrager, the rest are
// close to them. It is a guess and never more.
func (v Voices) Propose() Cast {
	most := 0
	for i, x := range v {
		if x.Asks*max(1, v[most].Parts) > v[most].Asks*max(1, x.Parts) {
			most = i
		}
	}
	var cast Cast
	vrager := false
	for i, x := range v {
		role := Bonus
		switch {
		case i == most:
			role = Professional
		case !vrager:
			role, vrager = Vrager, true
		}
		cast = append(cast, Place{x.Name, role})
	}
	return cast
}

// asking are words with which a question begins, for text without signs.
var asking = []string{"wat", "hoe", "waar", "waarom", "wanneer", "wie", "welke", "heb", "heeft", "ben", "kun", "kan", "wil", "zou", "zullen", "mag",
	"what", "how", "where", "why", "when", "who", "which", "do", "does", "did", "are", "can", "could", "would", "shall", "may"}

// asks reports whether a sentence looks like a question.
func isQuestion(text string) bool {
	if strings.HasSuffix(strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '"' || r == '”' }), "?") {
		return true
	}
	if strings.ContainsAny(text, ".!…") {
		return false // it has signs, and no question mark
	}
	words := strings.Fields(strings.ToLower(text))
	return len(words) > 2 && slices.Contains(asking, words[0])
}
