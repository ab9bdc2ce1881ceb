package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"

	"samenspel"
)

// Mine is all that there is about one person, in every alliance.
type Mine struct {
	Made     time.Time
	Door     Door
	Places   []MinePlace
	Language Language
}

// Door is what the door keeps of somebody: no address and no device by name.
type Door struct {
	Name     string      `json:"name,omitempty"`
	Sessions []DoorVisit `json:"sessions"`
}

// DoorVisit is a session.
type DoorVisit struct {
	Begun  time.Time `json:"begun"`
	Used   time.Time `json:"used"`
	By     string    `json:"by"`
	Device string    `json:"device,omitempty"`
}

// MinePlace is one alliance, through the eyes of the person.
type MinePlace struct {
	Seen  *samenspel.Seen
	Looks []samenspel.Looked
}

// MineData is what the open data of a place has beside the story in it.
type MineData struct {
	Looks    []MineLook    `json:"looks"`
	Requests []MineRequest `json:"requests"`
	Frozen   []MineFrozen  `json:"frozen"`
	Withheld []string      `json:"withheld"`
}

// MineLook is that somebody looked: their role, and not their name.
type MineLook struct {
	By   samenspel.Role `json:"by"`
	What string         `json:"what"`
	At   time.Time      `json:"at"`
}

// MineRequest is a request to erase, with its answer.
type MineRequest struct {
	Asked  time.Time                 `json:"asked"`
	Due    time.Time                 `json:"due"`
	State  samenspel.ErasureStanding `json:"state"`
	Words  string                    `json:"words,omitempty"`
	Ground samenspel.ErasureGround   `json:"ground,omitempty"`
	Reason string                    `json:"reason,omitempty"`
}

// MineFrozen is a statement on ice.
type MineFrozen struct {
	Words string    `json:"words"`
	Said  time.Time `json:"said"`
	Since time.Time `json:"since"`
}

// withheld are the reasons, as keys, why parts of others are not in it.
var withheld = []string{"mine.withheld_hidden", "mine.withheld_talks", "mine.withheld_names"}

// PackMine makes the whole copy: for each alliance the story with all in it, as
// readable pages and as open data, and beside it what the door keeps.
func PackMine(m Mine, by Signer) ([]byte, error) {
	var files []File
	cover := mineCover{Mine: m}
	for i, p := range m.Places {
		folder := fmt.Sprintf("place-%d/", i+1)
		parts, err := Files(Choice{Seen: p.Seen, Made: m.Made, Whole: true, Language: m.Language})
		if err != nil {
			return nil, err
		}
		for _, f := range parts {
			files = append(files, File{folder + f.Name, f.Data})
		}
		beside, err := indented(m.beside(p))
		if err != nil {
			return nil, err
		}
		files = append(files, File{folder + "beside.json", beside})
		cover.Links = append(cover.Links, mineLink{folder + "index.html", said(p.Seen.Title)})
	}
	door, err := indented(m.Door)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, "mine", cover); err != nil {
		return nil, fmt.Errorf("report: mine: %w", err)
	}
	files = append([]File{{"index.html", page.Bytes()}, {"style.css", style}, {"door.json", door}}, files...)
	manifest, err := indented(m.manifest(files, by))
	if err != nil {
		return nil, err
	}
	signature := base64.StdEncoding.EncodeToString(by.Sign(signed(manifest)))
	files = append(files, File{manifestFile, manifest}, File{signatureFile, []byte(signature + "\n")})
	return zipped(files, m.Made.UTC())
}

func (m Mine) manifest(files []File, by Signer) Manifest {
	list := Manifest{
		Format: "samenspel-mine", Version: 1, Made: m.Made.UTC(), Language: m.Language.Tag,
		Key: base64.StdEncoding.EncodeToString(by.Public()),
	}
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		list.Files = append(list.Files, Listed{f.Name, int64(len(f.Data)), hex.EncodeToString(sum[:])})
	}
	return list
}

// beside is what a place has beside the story.
func (m Mine) beside(p MinePlace) MineData {
	d := MineData{Looks: []MineLook{}, Requests: []MineRequest{}, Frozen: []MineFrozen{}}
	for _, l := range p.Looks {
		one := MineLook{What: l.What, At: l.At.UTC()}
		if who := p.Seen.Partner(l.By); who != nil {
			one.By = who.Role
		}
		d.Looks = append(d.Looks, one)
	}
	for _, x := range p.Seen.Erasures {
		if x.About == p.Seen.You {
			d.Requests = append(d.Requests, MineRequest{x.At.UTC(), x.Due.UTC(), x.Standing, said(x.Words), x.Ground, said(x.Reason)})
		}
	}
	for _, s := range p.Seen.Frozen {
		if s.About == p.Seen.You {
			d.Frozen = append(d.Frozen, MineFrozen{said(s.Words), s.Said.UTC(), s.FrozenAt.UTC()})
		}
	}
	for _, key := range withheld {
		d.Withheld = append(d.Withheld, m.Language.Say(key))
	}
	return d
}

type mineLink struct{ To, Title string }

// mineCover is the first page.
type mineCover struct {
	Mine
	Links []mineLink
}

// T says a text.
func (c mineCover) T(key string, args ...any) string { return c.Language.Say(key, args...) }

// Day says when it was made.
func (c mineCover) Day() string { return c.Language.Day(c.Made.In(c.Language.Zone)) }

// Withheld are the reasons why parts of others are not in it.
func (c mineCover) Withheld() []string { return withheld }

// Visits are the sessions, each as a line.
func (c mineCover) Visits() []string {
	var list []string
	for _, v := range c.Door.Sessions {
		list = append(list, c.Language.Moment(v.Begun.In(c.Language.Zone)))
	}
	return list
}
