package paper

// PaceItems are the pauses and interruptions; none where there are no times.
func (o *outline) PaceItems() []item {
	if !o.Measures.Timed || o.Measures.Pace == nil {
		return nil
	}
	return []item{
		o.item(o.Say("pace.pauses"), o.Measures.Pace.Pauses),
		o.item(o.Say("pace.interrupts"), o.Measures.Pace.Interrupts),
	}
}

// PaceNotes say who had no turn, and what is left out.
func (o *outline) PaceNotes() []string {
	var notes, names []string
	for _, name := range o.Measures.Pace.NoTurn {
		names = append(names, o.name(name))
	}
	if len(names) > 0 {
		notes = append(notes, o.Say("pace.no_turn", "Names", o.list(names)))
	}
	return append(notes, o.Say("pace.no_subject"))
}
