package accesslog

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"time"

	"samenspel"
)

// Damage names what is wrong. The names are stable.
type Damage string

// What can be wrong with the access log.
const (
	LineChanged   Damage = "access.changed"        // the line, or its place in the chain
	LineMissing   Damage = "access.missing"        // this one and perhaps more behind it
	LineAdded     Damage = "access.added"          // behind the head, or without a chain
	HeadChanged   Damage = "access.head_changed"   // where the chain stands, or its key
	ChainMissing  Damage = "access.chain_missing"  // a whole chain that once began
	BeforeChanged Damage = "access.before_changed" // the lines from before there was a chain
)

// Finding is one damage and where it is.
type Finding struct {
	Chain  samenspel.AllianceID
	Seq    int64
	Damage Damage
}

func (f Finding) Error() string {
	return fmt.Sprintf("%s: access log of %q, line %d", f.Damage, f.Chain, f.Seq)
}

// Summary says how much was looked at.
type Summary struct {
	Chains, Lines, Before, Findings int64
	Since                           time.Time // of the first line in a chain
}

// Verify reads the whole log and reports everything in it that is not as it
// was written. It may run while others add lines.
func (l *Log) Verify(ctx context.Context, report func(Finding)) (Summary, error) {
	v := verification{chains: l.chains, report: report, at: map[samenspel.AllianceID]*standing{}, before: newBefore(),
		should: map[samenspel.AllianceID]bool{}}
	heads, err := l.store.AccessHeads(ctx)
	if err != nil {
		return v.Summary, err
	}
	for _, h := range heads {
		v.begin(h)
	}
	for line, err := range l.store.AccessLines(ctx) {
		if err != nil {
			return v.Summary, err
		}
		v.line(line)
	}
	again, err := l.store.AccessHeads(ctx)
	if err != nil {
		return v.Summary, err
	}
	v.end(again)
	return v.Summary, nil
}

// standing is how far a chain was gone through.
type standing struct {
	first Head // as it stood before the lines were read
	keys  keys
	known bool // the keys
	seq   int64
	links [][]byte // what the chain may be at seq: none when that cannot be known
}

type verification struct {
	Summary
	chains *Chains
	report func(Finding)
	at     map[samenspel.AllianceID]*standing
	should map[samenspel.AllianceID]bool // which chains there should be, as the house says
	before *before
	sealed string // what the house says of the lines from before
}

func (v *verification) found(chain samenspel.AllianceID, seq int64, d Damage) {
	v.Findings++
	v.report(Finding{chain, seq, d})
}

func (v *verification) begin(h Head) *standing {
	s := &standing{first: h, links: [][]byte{nil}}
	v.at[h.Chain] = s
	v.Chains++
	if h.Seq == 0 {
		v.found(h.Chain, 0, HeadChanged)
		return s
	}
	k, _, err := v.chains.open(h.Chain, h)
	if err != nil {
		v.found(h.Chain, 0, HeadChanged)
	}
	s.keys, s.known = k, err == nil
	return s
}

// line goes past one line. In the order of writing those of one chain come one
// after the other.
func (v *verification) line(l Line) {
	if l.Seq == 0 {
		v.Before++
		v.before.add(l)
		return
	}
	v.Lines++
	s := v.at[l.Chain]
	if s == nil { // begun while this reads, or without a head
		s = &standing{links: [][]byte{nil}}
		v.at[l.Chain] = s
	}
	switch {
	case l.Seq <= s.seq:
		v.found(l.Chain, l.Seq, LineChanged)
		return
	case l.Seq > s.seq+1:
		v.found(l.Chain, s.seq+1, LineMissing)
		s.links = nil
	}
	if v.linked(s, l) && l.Chain == House {
		v.hear(l)
	}
}

// linked checks the place of a line in its chain. Where it does not fit, what
// the chain should be behind it and what the line says may both be right for
// the next: so one change is found once.
func (v *verification) linked(s *standing, l Line) bool {
	s.seq = l.Seq
	if !s.known {
		s.links = nil
		return false
	}
	fits := s.links == nil // behind a gap, which was found already
	var should []byte
	for _, link := range s.links {
		should = s.keys.link(link, l)
		if fits = hmac.Equal(should, l.Link); fits {
			break
		}
	}
	s.links = [][]byte{l.Link}
	if !fits {
		s.links = append(s.links, should)
		v.found(l.Chain, l.Seq, LineChanged)
	}
	return fits
}

// hear takes what the house's chain says of the others.
func (v *verification) hear(l Line) {
	if v.Since.IsZero() {
		v.Since = l.At
	}
	switch {
	case l.Kind == Begun && l.What == "before":
		v.sealed = l.Object
	case l.Kind == Begun:
		v.should[l.Alliance] = true
	case l.Kind == Gone:
		delete(v.should, l.Alliance)
	}
}

// end compares how far each chain came with where it stands.
func (v *verification) end(heads []Head) {
	now := map[samenspel.AllianceID]Head{}
	for _, h := range heads {
		now[h.Chain] = h
	}
	for chain, s := range v.at {
		h, there := now[chain]
		switch {
		case !there && s.first.Seq == 0:
			v.found(chain, s.seq, LineAdded)
		case s.seq < s.first.Seq:
			v.found(chain, s.seq+1, LineMissing)
		case s.seq > h.Seq:
			v.found(chain, h.Seq+1, LineAdded)
		case s.seq == h.Seq && s.known && !s.ends(h.Link):
			v.found(chain, s.seq, LineChanged)
		}
	}
	for chain := range v.should {
		if v.at[chain] == nil {
			v.found(chain, 0, ChainMissing)
		}
	}
	if v.at[House] == nil && len(v.at) > 0 {
		v.found(House, 0, ChainMissing)
	}
	if v.sealed != v.before.String() && (v.sealed != "" || v.Before > 0) {
		v.found(House, 0, BeforeChanged)
	}
}

func (s *standing) ends(link []byte) bool {
	for _, l := range s.links {
		if hmac.Equal(l, link) {
			return true
		}
	}
	return s.links == nil
}

// before is a digest of the lines from before there was a chain.
type before struct {
	count int64
	sum   hash.Hash
}

func newBefore() *before { return &before{sum: sha256.New()} }

func (b *before) add(l Line) {
	if l.Seq != 0 {
		return
	}
	b.count++
	b.sum.Write(mac(nil, l.parts()...))
}

func (b *before) String() string {
	return fmt.Sprintf("%d %s", b.count, hex.EncodeToString(b.sum.Sum(nil)[:16]))
}
