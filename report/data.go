package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"samenspel"
)

// What a story calls itself, in its data and in its manifest. A change that
// older readers would not understand gets the next version.
const (
	Format  = "samenspel-story"
	Version = 1
)

// storyFile is the file of the open data.
const storyFile = "story.json"

// Data is a story as open data: story.schema.json says what each field means.
type Data struct {
	Format     string      `json:"format"`
	Version    int         `json:"version"`
	Made       time.Time   `json:"made"`
	Language   string      `json:"language"`
	Whole      bool        `json:"whole"`
	Person     Person      `json:"person"`
	Themes     []Theme     `json:"themes"`
	Statements []Statement `json:"statements"`
	Agreements []Agreement `json:"agreements,omitempty"`
	Dialogues  []Dialogue  `json:"dialogues,omitempty"`
	Mirrors    []Mirror    `json:"mirrors,omitempty"`
	Scales     []Scale     `json:"scales,omitempty"`
	Changes    []Change    `json:"changes,omitempty"`
	Frictions  []Friction  `json:"frictions,omitempty"`
	Around     *Around     `json:"around,omitempty"`
	Written    []Written   `json:"written,omitempty"`
	Notes      []Note      `json:"notes,omitempty"`
	People     []Someone   `json:"people,omitempty"`
}

// Person is whose story it is.
type Person struct {
	Name string         `json:"name"`
	As   string         `json:"as,omitempty"`
	Role samenspel.Role `json:"role"`
	Pace samenspel.Pace `json:"pace,omitempty"`
}

// Theme is a subject in the person's world.
type Theme struct {
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	Own     bool              `json:"own"`
	NotHere []samenspel.Layer `json:"not_here,omitempty"`
}

// Statement is something that was said about the person.
type Statement struct {
	ID        string             `json:"id"`
	Words     string             `json:"words"`
	First     string             `json:"first,omitempty"`
	Kind      samenspel.Kind     `json:"kind"`
	Layer     samenspel.Layer    `json:"layer,omitempty"`
	Theme     string             `json:"theme,omitempty"`
	Standing  samenspel.Standing `json:"standing"`
	Said      time.Time          `json:"said"`
	SaidBy    string             `json:"said_by,omitempty"`
	WrittenBy string             `json:"written_by,omitempty"`
	Alone     bool               `json:"alone,omitempty"`
	Emotions  []Emotion          `json:"emotions,omitempty"`
	Views     []View             `json:"views,omitempty"`
}

// Emotion is a feeling at a statement.
type Emotion struct {
	Word  string            `json:"word"`
	State samenspel.Feeling `json:"state"`
	At    time.Time         `json:"at"`
	By    string            `json:"by,omitempty"`
}

// View is what another put beside a statement.
type View struct {
	Words string    `json:"words"`
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at"`
}

// Written is what the person wrote about another.
type Written writing

// Note is a private note.
type Note struct {
	Words string    `json:"words"`
	At    time.Time `json:"at"`
}

// Someone is who was there.
type Someone struct {
	Name     string                    `json:"name"`
	As       string                    `json:"as,omitempty"`
	Role     samenspel.Role            `json:"role"`
	Standing samenspel.PartnerStanding `json:"standing"`
	You      bool                      `json:"you,omitempty"`
}

// data writes the open data. Its ids are of the file alone: they say nothing
// about the place where the story comes from.
func (t *telling) data() ([]byte, error) {
	d := Data{
		Format: Format, Version: Version, Made: t.Made.UTC(), Language: t.Tag, Whole: t.Whole,
		Person: Person{Name: t.Me(), As: said(t.You.As), Role: t.You.Role, Pace: t.You.Pace},
		Themes: []Theme{}, Statements: []Statement{},
	}
	for _, s := range t.present() {
		if s.add != nil {
			s.add(t, &d)
		}
	}
	return indented(d)
}

func localID(of string, i int) string { return fmt.Sprintf("%s%d", of, i+1) }

// indented writes JSON for people to read as well.
func indented(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("report: write the data: %w", err)
	}
	return out.Bytes(), nil
}
