package page

import (
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"samenspel"
)

// space keeps the ids of buttons apart from all others.
var space = uuid.NewSHA1(uuid.NameSpaceURL, []byte("samenspel:button"))

// CommandFor is the id of the command behind a button: the same for the same
// wish of the same partner after the same last act (RFC 9562, version 5).
func CommandFor(s *samenspel.Seen, parts ...any) string {
	name := make([]byte, 0, 256)
	for _, p := range []string{string(s.Alliance), string(s.You), string(s.Last)} {
		name = append(strconv.AppendQuote(name, p), ' ')
	}
	for _, p := range parts {
		text, is := p.(string)
		if !is {
			text = fmt.Sprint(p)
		}
		name = append(strconv.AppendQuote(name, text), ' ')
	}
	return uuid.NewSHA1(space, name[:len(name)-1]).String()
}
