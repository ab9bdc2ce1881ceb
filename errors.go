package samenspel

// Class says what kind of no a [Refusal] is.
type Class uint8

// The four kinds of no. Whatever else goes wrong is nobody's wish but a fault.
const (
	NotFound Class = iota + 1 // not there, or not for this viewer: the same answer
	Invalid                   // cannot be taken as it is
	Refused                   // against a rule of the method
	Conflict                  // somebody else was first; look again
)

// Refusal is a no to a command. It carries a key into the texts on screen
// and never a sentence, a name or anybody's words.
type Refusal struct {
	Class Class
	Key   string
	Max   int // the limit that was passed, where there is one
}

func (r *Refusal) Error() string { return r.Key }

// Is makes errors.Is true for two refusals of one class and key.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && t.Class == r.Class && t.Key == r.Key
}

// ErrNotFound answers an id that does not exist and one that is not for this
// viewer alike.
var ErrNotFound = &Refusal{Class: NotFound, Key: "error.not_found"}

// ErrChanged answers a form that was made before the statement changed.
var ErrChanged = &Refusal{Class: Conflict, Key: "conflict.changed"}

func invalid(key string) error { return &Refusal{Class: Invalid, Key: key} }
func refused(key string) error { return &Refusal{Class: Refused, Key: key} }
