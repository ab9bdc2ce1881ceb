package page

// Try is something for a newcomer to look at in the demo.
type Try struct{ What, Path string }

// Tries are what a newcomer sees of the whole in two minutes, in an order that
// tells the method.
func (p Alliance) Tries() []Try {
	around := p.Pictured
	if p.Seen.AroundOf(around) == nil {
		around = p.Seen.You
	}
	return []Try{
		{"picture", "/picture"}, {"tell", "/tell"}, {"dialogues", "/dialogues"}, {"agreements", "/agreements"},
		{"around", "/around/" + string(around)}, {"looked", "/looked"}, {"story", "/story"},
	}
}
