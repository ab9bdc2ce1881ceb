package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"time"

	"samenspel"
	"samenspel/report"
	"samenspel/web/page"
)

// mostUpload is the largest form with a file in it: the largest package, with
// room for what a browser puts around it.
const mostUpload = report.MaxPacked + 64<<10

// uploading is how long a file may take to come.
const uploading = 3 * time.Minute

// most is how much of a form on this route is read.
func (r Route) most() int64 {
	switch r.Path {
	case "/import":
		return mostUpload
	case lensPath + "/read", lensPath + "/lay":
		return mostTranscript
	}
	return mostBody
}

func (v *visit) importForm() error { return v.importAs(nil) }

func (v *visit) importAs(wrong error) error {
	p := page.Import{Frame: v.frame("/import", "title.start")}
	if wrong != nil {
		return v.again(p.Frame, p, wrong)
	}
	return v.show(p)
}

// importLook reads a package and says what it is. Nothing is begun, and no
// words of the person are shown before somebody takes it over.
func (v *visit) importLook() error {
	packed, err := v.upload()
	if err != nil {
		return v.importAs(err)
	}
	in, err := v.shelf.read(packed, v.Now())
	if err != nil {
		return v.importAs(err)
	}
	v.shelf.put(v.session.Person, packed, v.Now())
	return v.show(v.previewPage(packed, in))
}

func (v *visit) previewPage(packed []byte, in *report.Package) page.Preview {
	p := page.Preview{Frame: v.frame("/import", "title.start"), Mark: string(in.Origin), Made: in.Made, Package: nameOf(packed)}
	p.Said, p.Themes = 0, len(in.Story.Themes)
	for _, s := range in.Story.Said {
		if !s.Alone {
			p.Said++
		}
	}
	p.Post = p.Fresh("")
	p.Post.Back = "/a/" + p.Post.Command + "/people" // the alliance has the command's id
	if person, err := v.person(); err == nil {
		p.OwnName = p.Frame.Said(person.Name)
	}
	return p
}

// nameOf tells packages apart.
func nameOf(packed []byte) string {
	sum := sha256.Sum256(packed)
	return hex.EncodeToString(sum[:])
}

// upload takes the file out of the form, part by part: nothing of it comes on
// the disk.
func (v *visit) upload() ([]byte, error) {
	none := &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.story_none"}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return nil, none
	}
	wire := http.NewResponseController(v.w)
	if err := wire.SetReadDeadline(time.Now().Add(uploading)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, err
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, none
		}
		if err != nil {
			return nil, unread(err)
		}
		if part.FormName() == "file" {
			return fileIn(part, none)
		}
	}
}

func fileIn(part *multipart.Part, none error) ([]byte, error) {
	packed, err := io.ReadAll(io.LimitReader(part, report.MaxPacked+1))
	switch {
	case err != nil:
		return nil, unread(err)
	case len(packed) == 0:
		return nil, none
	}
	return packed, nil
}

// unread is what is wrong when a form cannot be read to its end.
func unread(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.story_large"}
	}
	return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.form"}
}

// importBegin begins an alliance with the package that was looked at.
func (v *visit) importBegin() error {
	form := v.r.PostForm
	id := samenspel.AllianceID(form.Get("command"))
	packed := v.shelf.get(v.session.Person, v.Now())
	if packed == nil || nameOf(packed) != form.Get("package") {
		if _, err := v.Workspace.See(v.r.Context(), v.session.Person, id, own(v)); err == nil {
			return v.back("brought") // the form was sent twice
		}
		return v.importAs(&samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.story_gone"})
	}
	in, err := v.shelf.read(packed, v.Now())
	if err != nil {
		return v.importAs(err)
	}
	begin, err := v.beginWish()
	if err == nil {
		wish := samenspel.BeginWithStory{Title: begin.Title, Name: begin.Name, As: begin.As, Story: in.Story}
		err = v.Workspace.Do(v.r.Context(), v.session.Person, id, v.command(wish))
	}
	if err != nil {
		p := v.previewPage(packed, in)
		p.Words, p.OwnName, p.As = valid(form.Get("title")), valid(form.Get("name")), valid(form.Get("as"))
		return v.again(p.Frame, p, err)
	}
	v.shelf.drop(v.session.Person)
	return v.back("brought")
}

// read reads packages one at a time: one may need some memory.
func (s *shelf) read(packed []byte, now time.Time) (*report.Package, error) {
	s.reading.Lock()
	defer s.reading.Unlock()
	return report.Open(bytes.NewReader(packed), int64(len(packed)), now)
}
