package workspace

// Load is how much a workspace has in hand at one moment: counts and no ids.
type Load struct {
	Alliances int // in memory
	Waiting   int // wishes that were not answered yet
}

// Load counts. Its numbers are of one moment each, and not of the same one.
func (w *Workspace) Load() Load {
	w.mu.Lock()
	tables := make([]*table, 0, len(w.tables))
	for _, t := range w.tables {
		tables = append(tables, t)
	}
	w.mu.Unlock()
	l := Load{Alliances: len(tables)}
	for _, t := range tables {
		t.asking.Lock()
		l.Waiting += len(t.waiting) + t.deciding
		t.asking.Unlock()
	}
	return l
}
