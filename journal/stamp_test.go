package journal_test

import (
	"path/filepath"
	"testing"

	"samenspel/journal"
)

func TestAStampIsOfOneKeyOnePurposeAndOneMessage(t *testing.T) {
	var masters [2]*journal.Master
	for i := range masters {
		var err error
		if masters[i], err = journal.MakeMaster(filepath.Join(t.TempDir(), "key")); err != nil {
			t.Fatal(err)
		}
	}
	mark, err := masters[0].Stamp("record", []byte("message"))
	if err != nil {
		t.Fatal(err)
	}
	if !masters[0].Stamped("record", []byte("message"), mark) {
		t.Error("its own mark is not known")
	}
	for name, known := range map[string]bool{
		"another key":     masters[1].Stamped("record", []byte("message"), mark),
		"another purpose": masters[0].Stamped("story", []byte("message"), mark),
		"another message": masters[0].Stamped("record", []byte("messages"), mark),
		"no mark":         masters[0].Stamped("record", []byte("message"), nil),
		"half a mark":     masters[0].Stamped("record", []byte("message"), mark[:16]),
	} {
		if known {
			t.Errorf("%s: taken for the mark", name)
		}
	}
}
