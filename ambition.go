package samenspel

import (
	"fmt"
	"slices"
	"time"
)

// Whoever asks another to tell what matters to them tells first what matters
// to themselves: the ambition of the professional, in the four layers of
// their own. Until they share it, it is for them alone.

// WordAmbition says what one stands for, in one's own layers, all at once. What
// is left empty is not said, and that is ordinary.
type WordAmbition struct {
	Words [4]Words // as [Layers]
}

func (w WordAmbition) decide(t turn) ([]Event, error) {
	var events []Event
	for i, words := range w.Words {
		if words.Empty() {
			continue
		}
		events = append(events, &StatementWorded{
			Statement: StatementID(fmt.Sprintf("%s.%d", t.cmd.ID, i+1)), About: t.by.id, SaidBy: t.by.id,
			How: Quote, Layer: Layers[i], Said: t.madeAt(), Words: words,
		})
	}
	if len(t.said)+len(events) > maxStatements {
		return nil, refused("refused.too_many")
	}
	return events, nil
}

// ShareAmbition shares words of one's own with others besides those who see
// them already: several at once, so that one act takes it back.
type ShareAmbition struct {
	Statements []StatementID
	With       []PartnerID
}

func (w ShareAmbition) decide(t turn) ([]Event, error) {
	if len(w.Statements) > maxAtOne {
		return nil, refused("refused.too_many")
	}
	if err := t.atTable(w.With); err != nil {
		return nil, err
	}
	var events []Event
	for i, id := range w.Statements {
		s, err := t.statement(id, 0)
		switch {
		case err != nil:
			return nil, err
		case t.by.id != s.about:
			return nil, refused("refused.share")
		case slices.Contains(w.Statements[:i], id):
			continue
		}
		for _, with := range t.order {
			if with != s.about && slices.Contains(w.With, with) && !s.audience[with] {
				events = append(events, &StatementShared{Statement: s.id, With: with})
			}
		}
	}
	return events, nil
}

// Ambition is what the viewer, being a professional, said of themselves before
// the first vrager came, and still keeps to themselves: theirs to share now.
func (s *Seen) Ambition() []*SeenStatement {
	var came time.Time
	for _, p := range s.Partners {
		if p.Role == Vrager && p.Standing == Here && (came.IsZero() || p.JoinedAt.Before(came)) {
			came = p.JoinedAt
		}
	}
	if came.IsZero() || s.Partner(s.You).Role != Professional {
		return nil
	}
	var list []*SeenStatement
	for i := range s.Statements {
		st := &s.Statements[i]
		own := st.About == s.You && (st.Standing == Own || st.Standing == Reworded)
		if own && len(st.SeenBy) == 0 && st.Said.Before(came) && len(list) < maxAtOne {
			list = append(list, st)
		}
	}
	return list
}
