package page

import (
	"fmt"

	"github.com/google/uuid"

	"samenspel"
)

// space keeps the ids of buttons apart from all others.
var space = uuid.NewSHA1(uuid.NameSpaceURL, []byte("samenspel:button"))

// CommandFor is the id of the command behind a button: the same for the same
// wish of the same partner after the same last act (RFC 9562, version 5).
func CommandFor(s *samenspel.Seen, parts ...any) string {
	name := fmt.Sprintf("%q %q %q", string(s.Alliance), string(s.You), string(s.Last))
	for _, p := range parts {
		name += fmt.Sprintf(" %q", fmt.Sprint(p))
	}
	return uuid.NewSHA1(space, []byte(name)).String()
}
