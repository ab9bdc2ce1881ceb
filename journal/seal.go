package journal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"samenspel"
)

// bind ties a sealed part to the place it stands in, so that it opens nowhere
// else.
func bind(id samenspel.AllianceID, e Entry, part string) []byte {
	return frame(part, string(id), number(e.Seq), e.Kind, number(int64(e.Version)))
}

// seal makes the entry of a fact, but for its place in the chain.
func (r ring) seal(id samenspel.AllianceID, f samenspel.Fact, p plain) (Entry, error) {
	if !time.Unix(0, f.At.UnixNano()).Equal(f.At) {
		return Entry{}, fmt.Errorf("seal %s: its time cannot be written", p.Kind)
	}
	e := Entry{
		Seq: f.Seq, Kind: p.Kind, Version: p.Version,
		Command: f.Command, At: f.At.Round(0).UTC(), Holder: p.Holder,
	}
	structure, err := r.key("").open()
	if err != nil {
		return Entry{}, fmt.Errorf("seal %s: %w", p.Kind, err)
	}
	e.Structure = structure.Seal(nil, nil, p.Structure, bind(id, e, "structure"))
	if p.Words == nil {
		return e, nil
	}
	if r.gone(p.Holder) {
		return Entry{}, fmt.Errorf("seal %s: %w", p.Kind, ErrErased)
	}
	sealer, err := r.key(p.Holder).open()
	if err != nil {
		return Entry{}, fmt.Errorf("seal %s: %w", p.Kind, err)
	}
	e.Words = sealer.Seal(nil, nil, p.Words, bind(id, e, "words"))
	hash := sha256.Sum256(e.Words)
	e.WordsHash = hash[:]
	return e, nil
}

// open gives the fact in an entry whose place in the chain is right, or the
// damage that keeps it from being read. Words whose key was destroyed are
// empty.
func (r ring) open(c codec, id samenspel.AllianceID, e Entry) (samenspel.Fact, Damage) {
	if len(e.Structure) > maxSealed || len(e.Words) > maxSealed {
		return samenspel.Fact{}, EntryUnreadable
	}
	key := r.key("")
	if key == nil || r.gone("") {
		return samenspel.Fact{}, KeyMissing
	}
	alliance, err := key.open()
	if err != nil {
		return samenspel.Fact{}, KeyMissing
	}
	p := plain{Kind: e.Kind, Version: e.Version, Holder: e.Holder}
	if p.Structure, err = alliance.Open(nil, nil, e.Structure, bind(id, e, "structure")); err != nil {
		return samenspel.Fact{}, EntryUnreadable
	}
	var damage Damage
	if p.Words, damage = r.openWords(id, e); damage == WordsMissing && r.erasedApart(c, p) {
		damage = ""
	}
	if damage != "" {
		return samenspel.Fact{}, damage
	}
	f, err := c.decode(p)
	switch {
	case errors.Is(err, ErrUnknownKind):
		return samenspel.Fact{}, EntryUnknown
	case err != nil:
		return samenspel.Fact{}, EntryUnreadable
	}
	f.Seq, f.At, f.Command = e.Seq, e.At, e.Command
	return f, ""
}

// maxSealed bounds what is opened: the largest part with its nonce and tag.
const maxSealed = maxWords + 28

// erasedApart reports whether words that are not there were erased by themselves:
// they were sealed under a partner's key, before each statement had its own,
// and the key of the statement bears the mark that it was destroyed.
func (r ring) erasedApart(c codec, p plain) bool {
	f, err := c.decode(p)
	if err != nil {
		return false
	}
	spoken, ok := f.Event.(samenspel.Spoken)
	return ok && spoken.Holder() != p.Holder && r.gone(spoken.Holder())
}

func (r ring) openWords(id samenspel.AllianceID, e Entry) ([]byte, Damage) {
	if e.WordsHash == nil {
		if e.Words != nil {
			return nil, WordsChanged
		}
		return nil, ""
	}
	key := r.key(e.Holder)
	switch {
	case key == nil:
		return nil, KeyMissing
	case e.Words == nil && key.key != nil:
		return nil, WordsMissing
	case e.Words == nil:
		return nil, ""
	}
	if hash := sha256.Sum256(e.Words); !bytes.Equal(hash[:], e.WordsHash) {
		return nil, WordsChanged
	}
	if key.key == nil {
		return nil, ""
	}
	sealer, err := key.open()
	if err != nil {
		return nil, EntryUnreadable
	}
	words, err := sealer.Open(nil, nil, e.Words, bind(id, e, "words"))
	if err != nil {
		return nil, EntryUnreadable
	}
	return words, ""
}
