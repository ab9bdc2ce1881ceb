package workspace

// Loaded is how many alliances are in memory.
func (w *Workspace) Loaded() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.tables)
}

// Watched is how many alliances somebody looks at.
func (w *Workspace) Watched() int {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	return len(w.hub.watchers)
}
