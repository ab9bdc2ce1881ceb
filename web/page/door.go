package page

import (
	"html/template"
	"strings"
	"time"

	"samenspel"
)

// doorPages are the pages of enter.go and ambition.go in package web that are
// not in [All] by name.
var doorPages = []Page{NotNow{}, Ambition{}}

// Door is where somebody shows a link and its code.
type Door struct {
	*Frame
	Secret, Code string // as typed
}

// NotNow is for who would rather not come in.
type NotNow struct{ *Frame }

// Enter is what somebody is asked who comes in.
type Enter struct {
	*Frame
	Purpose      string // "partner", "professional", "administrator" or "back"
	Secret, Code string
	Form         string         // the id by which a form that is sent twice counts once
	Role         samenspel.Role // of a partner, else ""
	Words        string
	Alone        bool
	Pace         samenspel.Pace
	Shared       bool // others use the device too
}

// Link shows a new way in, once.
type Link struct {
	*Frame
	About        string // key
	Door         string // the address without the secret
	Secret, Code string
	Expires      time.Time
	Back         string
	QR           template.HTML
	Role         samenspel.Role // of who is invited: with a sheet to print; else ""
	PaperQR      template.HTML
}

// Address is the whole link.
func (p Link) Address() string { return p.Door + "#" + p.Secret }

// ByHand is the address as somebody types it.
func (p Link) ByHand() string {
	_, after, _ := strings.Cut(p.Door, "://")
	return after
}

// Groups are the signs of a text in groups that can be read at a glance.
func Groups(text string, size int) []string {
	var groups []string
	for len(text) > size {
		groups, text = append(groups, text[:size]), text[size:]
	}
	return append(groups, text)
}

// CodeGroups is the code in two halves.
func (p Link) CodeGroups() []string { return Groups(p.Code, 3) }

// SecretGroups is the secret as it stands on paper.
func (p Link) SecretGroups() []string { return Groups(p.Secret, 4) }

// Spelled is the code as somebody says it by telephone: each letter with a
// name that begins with it.
func (p Link) Spelled() string {
	var said []string
	for _, sign := range strings.Split(p.Code, "") {
		for _, one := range strings.Split(p.T("link.alphabet"), ". ") {
			if strings.HasPrefix(one, sign) {
				sign = strings.TrimSuffix(one, ".")
			}
		}
		said = append(said, sign)
	}
	return strings.Join(said, ", ")
}

// Way is how the link to a place stands.
type Way struct {
	State string // "open", "expired", "closed" or "none"
	Until time.Time
}

// Ambition is where somebody says what they stand for, before they ask it of
// another.
type Ambition struct {
	*Frame
	Post  Post
	Next  string // where to go without a word
	Typed map[samenspel.Layer]string
}

// Mine is what the reader may share of it.
func (p Ambition) Mine() []*samenspel.SeenStatement { return p.Seen.Ambition() }

// Sharing is for the form that shares it. It leads home, where what is shared
// stands.
func (p Ambition) Sharing() Post {
	post := p.Repeatable("share-ambition")
	post.Back = p.Base()
	return post
}

// Vragers are the vragers who are here, to share it with.
//
//go:noinline
func (f *Frame) Vragers() []samenspel.PartnerID {
	var list []samenspel.PartnerID
	for _, p := range f.Others() {
		if p.Role == samenspel.Vrager {
			list = append(list, p.ID)
		}
	}
	return list
}

// OffersAmbition reports whether there is something to offer now.
func (p Alliance) OffersAmbition() bool {
	if len(p.Seen.Ambition()) == 0 {
		return false
	}
	for _, id := range p.Vragers() {
		if p.Now.Sub(p.Seen.Partner(id).JoinedAt) < lately {
			return true
		}
	}
	return false
}
