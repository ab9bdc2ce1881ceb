package web

import (
	"encoding/hex"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/report"
	"samenspel/web/page"
	"samenspel/workspace"
)

// mostLooks is how many looks at somebody's world go along in their copy.
const mostLooks = 100_000

// mine is the page of what there is about somebody, wherever they sit.
func (v *visit) mine() error {
	p := page.Mine{Frame: v.frame("/mine", "title.mine")}
	p.Post = p.Fresh("/mine")
	places, err := v.Workspace.PlacesOf(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	for _, at := range places {
		one, err := v.minePlace(at)
		if err != nil {
			return err
		}
		p.Places = append(p.Places, one)
	}
	sessions, err := v.Door.Sessions(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	p.Sessions = len(sessions)
	return v.show(p)
}

func (v *visit) minePlace(at workspace.Place) (page.MinePlace, error) {
	one := page.MinePlace{Frame: v.frame("/mine", "title.mine"), Alliance: at.Alliance, Left: !at.Here, Gone: certified(at.Erased)}
	one.Asking = one.Fresh("/mine")
	if !at.Here {
		one.MayAsk = true
		for i := range at.Requests {
			e := &at.Requests[i]
			one.Requests = append(one.Requests, page.ErasureLine{Frame: one.Frame, E: e, Alliance: at.Alliance})
			one.MayAsk = one.MayAsk && (e.Standing == samenspel.RequestDropped || e.Standing == samenspel.RequestRefused)
		}
		return one, nil
	}
	seen, looks, err := v.ownPlace(at.Alliance)
	if err != nil {
		return one, err
	}
	one.Seen, one.Looks, one.Notes = seen, len(looks), len(seen.Notes)
	for i := range seen.Statements {
		switch s := &seen.Statements[i]; {
		case s.About == seen.You:
			one.Words++
		case s.RecordedBy == seen.You:
			one.Written++
		}
	}
	return one, nil
}

// ownPlace is what somebody sees of an alliance, for what is about themselves,
// and who looked at it.
func (v *visit) ownPlace(id samenspel.AllianceID) (*samenspel.Seen, []samenspel.Looked, error) {
	seen, err := v.Workspace.See(v.r.Context(), v.session.Person, id, workspace.Look{})
	if err != nil {
		return nil, nil, err
	}
	looks, err := v.Workspace.Looked(v.r.Context(), seen, "", time.Time{}, mostLooks)
	return seen, looks, err
}

// takeMine gives all of it as one file, at once. It is about the reader: what
// is in it of others is what they wrote about the reader, or the other way round.
func (v *visit) takeMine() error {
	if err := v.mayTake(); err != nil {
		return err
	}
	if err := v.note(accesslog.Line{Kind: accesslog.Export, What: allMine}); err != nil {
		return err
	}
	places, err := v.Workspace.PlacesOf(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	m := report.Mine{Made: v.Now().UTC().Truncate(time.Second), Language: v.telling(true, v.text).Language}
	for _, at := range places {
		if !at.Here {
			continue
		}
		seen, looks, err := v.ownPlace(at.Alliance)
		if err != nil {
			return err
		}
		m.Places = append(m.Places, report.MinePlace{Seen: seen, Looks: looks})
	}
	if m.Door, err = v.ownDoor(); err != nil {
		return err
	}
	packed, err := report.PackMine(m, v.Signer)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/zip")
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+v.text.Say("mine.file")+`"`)
	_, _ = v.w.Write(packed) // the reader went away: nothing to do
	return nil
}

// ownDoor is what the door keeps of the reader.
func (v *visit) ownDoor() (report.Door, error) {
	d := report.Door{Sessions: []report.DoorVisit{}}
	person, err := v.person()
	if err != nil {
		return d, err
	}
	d.Name = v.frame("", "title.mine").Said(person.Name)
	sessions, err := v.Door.Sessions(v.r.Context(), v.session.Person)
	if err != nil {
		return d, err
	}
	for _, s := range sessions {
		d.Sessions = append(d.Sessions, report.DoorVisit{Begun: s.Made.UTC(), Used: s.LastUsed.UTC(), By: string(s.By), Device: s.Device})
	}
	return d, nil
}

// askFromOutside is for somebody who left: they ask that all words about them
// go, or take that back.
func (v *visit) askFromOutside() error {
	if id := samenspel.ErasureID(v.r.PostForm.Get("erasure")); id != "" {
		return v.act(samenspel.DropErasure{Erasure: id}, "erasure_dropped")
	}
	return v.act(samenspel.AskErasure{}, "erasure_asked")
}

// certified puts certificates in the form of a page.
func certified(list []workspace.Certificate) []page.Certified {
	var done []page.Certified
	for _, c := range list {
		one := page.Certified{
			Alliance: c.Alliance, ID: c.ID, Kind: "asked", Statements: c.Gone, Entries: c.Entries, Asked: c.Asked, Done: c.Done,
			By: c.By, Before: hex.EncodeToString(c.Before), After: hex.EncodeToString(c.After), CopiesUntil: c.CopiesUntil,
		}
		switch {
		case c.All:
			one.Kind = "all"
		case c.Own:
			one.Kind = "own"
		}
		done = append(done, one)
	}
	return done
}

// certificateHere is the certificate in the address, for the one whose words
// went and nobody else, signed.
func (v *visit) certificateHere() (page.Certified, *report.SignedCertificate, error) {
	places, err := v.Workspace.PlacesOf(v.r.Context(), v.session.Person)
	if err != nil {
		return page.Certified{}, nil, err
	}
	for _, at := range places {
		for _, c := range certified(at.Erased) {
			if c.Alliance == v.alliance() && c.ID == v.erasureID() {
				signed, err := report.Certify(report.Certificate{
					ID: c.ID, Kind: c.Kind, Statements: c.Statements, Entries: c.Entries, Asked: c.Asked.UTC(), Done: c.Done.UTC(),
					By: c.By, Before: c.Before, After: c.After, CopiesUntil: c.CopiesUntil.UTC(),
				}, v.Signer)
				return c, signed, err
			}
		}
	}
	return page.Certified{}, nil, samenspel.ErrNotFound
}

func (v *visit) certificate() error {
	c, signed, err := v.certificateHere()
	if err != nil {
		return err
	}
	c.Signature, c.Mark = signed.Signature, string(report.Fingerprint(v.Signer.Public()))
	path := "/mine/erased/" + string(c.Alliance) + "/" + string(c.ID)
	c.SignedAsJSON = path + "/signed"
	return v.show(page.Certificate{Frame: v.frame(path, "title.certificate"), C: c})
}

func (v *visit) signedCertificate() error {
	_, signed, err := v.certificateHere()
	if err != nil {
		return err
	}
	text, err := signed.JSON()
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+v.text.Say("certificate.file")+`"`)
	_, _ = v.w.Write(text) // the reader went away: nothing to do
	return nil
}
