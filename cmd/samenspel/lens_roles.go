package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"samenspel/lens"
)

// rolesError says that it is not known who is what. It ends with a line that
// can be typed.
type rolesError struct {
	missing []string
	example string
}

func (e *rolesError) Error() string {
	return fmt.Sprintf("it is not known who is what: %s. Say it, as:\n  samenspel lens FILE --roles %q\nRoles are professional, colleague, vrager (who asks for help) and bonus (a close person).",
		strings.Join(e.missing, ", "), e.example)
}

// errSides says that a conversation needs both sides.
var errSides = errors.New("the roles need a professional or a colleague, and a vrager or a bonus, who speak in this file")

// cast finds out who is what: by what was given, by what the file says, or by
// asking. Nothing is guessed without a person who says yes.
func (t *talk) cast(given string, to console) (lens.Cast, error) {
	var cast lens.Cast
	if given != "" {
		var err error
		if cast, err = lens.Assign(given); err != nil {
			return nil, err
		}
	}
	for _, p := range t.roles {
		if _, known := cast.Role(p.Name); !known {
			cast = append(cast, p)
		}
	}
	if missing := cast.Missing(t.voices.Names()); len(missing) > 0 {
		asked, err := t.ask(cast, missing, to)
		if err != nil {
			return nil, err
		}
		cast = asked
	}
	sides := map[lens.Side]bool{}
	for _, name := range t.voices.Names() {
		if role, ok := cast.Role(name); ok {
			sides[role.Side()] = true
		}
	}
	if len(sides) < 2 {
		return nil, errSides
	}
	return cast, nil
}

// ask proposes who is what to somebody at a terminal.
func (t *talk) ask(known lens.Cast, missing []string, to console) (lens.Cast, error) {
	proposed := known
	for _, p := range t.voices.Propose() {
		if _, ok := known.Role(p.Name); !ok {
			proposed = append(proposed, p)
		}
	}
	for i, name := range missing {
		missing[i] = cmp.Or(name, "? (who has no name)")
	}
	open := &rolesError{missing, proposed.String()}
	if to.in == nil || !terminal(to.in) {
		return nil, open
	}
	fmt.Fprintln(to.err, "Who is who in this conversation?")
	for _, v := range t.voices {
		fmt.Fprintf(to.err, "  %s: %d sentences, %d of them questions\n", cmp.Or(v.Name, "?"), v.Parts, v.Asks)
	}
	fmt.Fprintf(to.err, "Perhaps: %s\nEnter if that is right, or type it as it is: ", proposed)
	answer, err := bufio.NewReader(io.LimitReader(to.in, 64<<10)).ReadString('\n')
	switch answer = strings.TrimSpace(answer); {
	case err != nil && answer == "": // nobody is there
		return nil, open
	case answer == "":
		return proposed, nil
	}
	said, err := lens.Assign(answer)
	if err != nil {
		return nil, err
	}
	for _, p := range known {
		if _, twice := said.Role(p.Name); !twice {
			said = append(said, p)
		}
	}
	if still := said.Missing(t.voices.Names()); len(still) > 0 {
		return nil, &rolesError{still, proposed.String()}
	}
	return said, nil
}

// terminal reports whether somebody can type at a file.
func terminal(f *os.File) bool {
	about, err := f.Stat()
	if err != nil || about.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(about, null)
}
