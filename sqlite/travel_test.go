package sqlite

import (
	"slices"
	"strings"
	"testing"

	"samenspel/backup"
	"samenspel/relational"
)

// TestEveryTableHasItsPlace asks of each table of the schema in which file of
// a backup it goes, and why. One that lets somebody in, or that wraps keys,
// must not travel with the data by being forgotten.
func TestEveryTableHasItsPlace(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	names, err := textColumn(t.Context(), db.read, `
		SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name`)
	if err != nil || len(names) < 10 {
		t.Fatalf("%q, %v", names, err)
	}
	for _, name := range names {
		if place, known := relational.Travel[name]; !known || strings.TrimSpace(place.Why) == "" {
			t.Errorf("table %s: say in Travel in which file of a backup it goes, and why", name)
		}
	}
	for name := range relational.Travel {
		if !slices.Contains(names, name) {
			t.Errorf("table %s is not in the schema", name)
		}
	}
	odd, err := textColumn(t.Context(), db.read, `
		SELECT name FROM pragma_table_list WHERE schema = 'main' AND type NOT IN ('table') AND name NOT LIKE 'sqlite@_%' ESCAPE '@'`)
	if err != nil || len(odd) > 0 {
		t.Errorf("a backup does not know how to copy %q, %v", odd, err)
	}
}

// TestEveryTableIsInOneFile reads what a snapshot gives.
func TestEveryTableIsInOneFile(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, err := OpenSnapshot(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found := map[string]backup.Part{}
	for _, part := range []backup.Part{backup.Data, backup.Keys, backup.Door} {
		tables, err := s.Tables(t.Context(), part)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			found[table.Name] += part
		}
	}
	for name, place := range relational.Travel {
		if found[name] != place.In {
			t.Errorf("table %s is in part %d, want %d", name, found[name], place.In)
		}
	}
	if s.Version() != newestSchema() || s.Version() < 12 {
		t.Errorf("schema %d, newest %d", s.Version(), newestSchema())
	}
}
