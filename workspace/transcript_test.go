package workspace_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samenspel"
	"samenspel/internal/eachstore"
	"samenspel/journal"
	"samenspel/workspace"
)

// room is a data folder with a workspace over it, and a clock that a test
// sets. The people are invented.
type room struct {
	*workspace.Workspace
	dir  string
	db   eachstore.DB
	log  *breaking
	time time.Time
}

// breaking is a real log that breaks off where a test says so.
type breaking struct {
	*journal.Log
	append, erase error

	breaks, breaksAfter bool // a destruction
}

func (b *breaking) Destroy(ctx context.Context, id samenspel.AllianceID, after int64, at time.Time, record []byte, persons []samenspel.PersonID) error {
	if b.breaks {
		return errElse
	}
	err := b.Log.Destroy(ctx, id, after, at, record, persons)
	if err == nil && b.breaksAfter {
		return errElse
	}
	return err
}

func (b *breaking) Append(ctx context.Context, id samenspel.AllianceID, after int64, facts []samenspel.Fact, destroy ...samenspel.PartnerID) error {
	if b.append != nil {
		return b.append
	}
	return b.Log.Append(ctx, id, after, facts, destroy...)
}

func (b *breaking) Erase(ctx context.Context, id samenspel.AllianceID, keys ...samenspel.PartnerID) error {
	if b.erase != nil {
		return b.erase
	}
	return b.Log.Erase(ctx, id, keys...)
}

func newRoom(t *testing.T) *room {
	t.Helper()
	r := &room{dir: eachstore.Folder(t), time: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	master, err := journal.MakeMaster(filepath.Join(r.dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	r.reopen(t, master)
	t.Cleanup(func() { r.db.Close() })
	return r
}

// reopen starts the program again.
func (r *room) reopen(t *testing.T, master *journal.Master) {
	t.Helper()
	if r.db != nil {
		if err := r.db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if master == nil {
		if master, err = journal.OpenMaster(filepath.Join(r.dir, "master.key")); err != nil {
			t.Fatal(err)
		}
	}
	if r.db, err = eachstore.Open(t.Context(), r.dir); err != nil {
		t.Fatal(err)
	}
	r.log = &breaking{Log: journal.New(r.db, master)}
	r.fresh()
}

// fresh is a workspace that remembers nothing, over the same log. It holds one
// alliance in memory.
func (r *room) fresh() {
	r.Workspace = workspace.New(r.log, nil, 1)
	r.Now = func() time.Time { return r.time }
}

// The numbers of the commands that lay a transcript.
const (
	planned = 10 + iota
	begun
	asks
	says
	lays
)

const (
	talk       = samenspel.DialogueID("01890a5d-ac96-774b-bcce-000000000010")
	reading    = samenspel.TranscriptID("01890a5d-ac96-774b-bcce-000000000012")
	readingKey = samenspel.PartnerID("transcript:" + string(reading))
)

var lastDay = time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC)

// laid is an alliance with a transcript of many lines.
func (r *room) laid(t *testing.T, id samenspel.AllianceID) {
	t.Helper()
	begin(t, r.Workspace, id)
	must(t, r.Workspace, noor, id, command(planned, samenspel.PlanDialogue{With: []samenspel.PartnerID{samenspel.PartnerID(commandID(2))}}))
	must(t, r.Workspace, noor, id, command(begun, samenspel.BeginDialogue{Dialogue: talk}))
	must(t, r.Workspace, noor, id, command(asks, samenspel.AskTranscript{Dialogue: talk, Until: lastDay}))
	must(t, r.Workspace, amira, id, command(says, samenspel.AnswerTranscript{Transcript: reading, Yes: true}))
	must(t, r.Workspace, amira, id, command(lays, samenspel.LayTranscript{
		Transcript: reading, Engine: "lens 1",
		Speakers: []samenspel.Speaker{{Label: samenspel.Say("Voice one"), Partner: samenspel.PartnerID(commandID(2))}},
		Lines:    longLines(),
	}))
	must(t, r.Workspace, noor, id, command(15, samenspel.CorrectLine{Transcript: reading, Line: 1, Field: "layer", Code: "need"}))
	must(t, r.Workspace, amira, id, command(16, samenspel.StrikeLine{Transcript: reading, Line: 2}))
}

// many is how many lines there are: enough for several pieces.
const many = 160

// longLines are lines in characters that grow most when they are written.
func longLines() []samenspel.Line {
	var lines []samenspel.Line
	for i := range many {
		text := strings.Repeat([]string{"<", "\u2028", "\"", "\t.", "\\"}[i%5], samenspel.MaxLineText/2-10)
		lines = append(lines, samenspel.Line{Turn: 1, Text: samenspel.Say(fmt.Sprint("line ", i, text))})
	}
	return lines
}

// sealed are the first bytes of all that is sealed under the key of the
// transcript, and of the key itself.
func (r *room) sealed(t *testing.T, id samenspel.AllianceID) (list [][]byte) {
	t.Helper()
	for e, err := range r.db.Entries(t.Context(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Holder == readingKey && e.Words != nil {
			for at := 0; at+32 <= len(e.Words); at += 4 << 10 { // a piece of each page
				list = append(list, bytes.Clone(e.Words[at:at+32]))
			}
		}
	}
	keys, err := r.db.Keys(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if k.Holder == readingKey && !k.Destroyed {
			list = append(list, k.Sealed)
		}
	}
	return list
}

// left counts how many of these are found in the place.
func (r *room) left(t *testing.T, what [][]byte) (count int) {
	t.Helper()
	found := eachstore.Found(t, r.dir)
	for _, one := range what {
		if bytes.Contains(found, one) {
			count++
		}
	}
	return count
}

// most of what is sealed is found in a file while it is there: some of it lies
// across the edge of a page.
func most(sealed [][]byte) int { return len(sealed) * 3 / 4 }

// readBy is how many lines somebody sees.
func (r *room) readBy(t *testing.T, viewer samenspel.PersonID, id samenspel.AllianceID) int {
	t.Helper()
	count := 0
	for _, tr := range see(t, r.Workspace, viewer, id).Transcripts {
		count += len(tr.Lines)
	}
	return count
}

// sound holds the whole log against what was written, and opens the alliance
// anew.
func (r *room) sound(t *testing.T, id samenspel.AllianceID) {
	t.Helper()
	summary, err := r.log.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify: %v", f) })
	if err != nil || summary.Entries == 0 {
		t.Fatalf("verify: %+v, %v", summary, err)
	}
	r.fresh()
	must(t, r.Workspace, noor, id, note(900))
	if got := r.readBy(t, noor, id) + r.readBy(t, amira, id); got != 0 {
		t.Errorf("%d lines are seen after it was read anew", got)
	}
}

// ends is how the transcript went, by the log.
func (r *room) ends(t *testing.T, id samenspel.AllianceID) (list []string) {
	t.Helper()
	for _, f := range stored(t, r.log, id) {
		if e, ok := f.Event.(*samenspel.TranscriptGone); ok {
			list = append(list, fmt.Sprintf("%s by %q", e.Why, f.By))
		}
	}
	return list
}

func TestWhatEndsATranscriptDestroysIt(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(t *testing.T, r *room)
		want string
	}{
		{"a yes taken back", func(t *testing.T, r *room) {
			must(t, r.Workspace, noor, "a", command(20, samenspel.AnswerTranscript{Transcript: reading}))
		}, `not_all by ""`},
		{"after the alliance ended too", func(t *testing.T, r *room) {
			must(t, r.Workspace, noor, "a", command(20, samenspel.EndAlliance{}))
			if r.readBy(t, amira, "a") == 0 {
				t.Error("the end alone took it")
			}
			must(t, r.Workspace, amira, "a", command(21, samenspel.AnswerTranscript{Transcript: reading}))
			must(t, r.Workspace, noor, "a", command(22, samenspel.ReopenAlliance{}))
		}, `not_all by ""`},
		{"somebody leaves", func(t *testing.T, r *room) {
			must(t, r.Workspace, noor, "a", command(20, samenspel.InvitePartner{Role: samenspel.Vrager, Name: samenspel.Say("Bram")}))
			must(t, r.Workspace, amira, "a", command(21, samenspel.LeaveAlliance{Partner: samenspel.PartnerID(commandID(2))}))
			must(t, r.Workspace, amira, "a", command(22, samenspel.JoinAlliance{Partner: samenspel.PartnerID(commandID(20))}))
		}, `not_all by ""`},
		{"its date, at a look", func(t *testing.T, r *room) {
			r.time = lastDay
			see(t, r.Workspace, noor, "a")
		}, `date by ""`},
		{"its date, at a change", func(t *testing.T, r *room) {
			r.time = lastDay
			must(t, r.Workspace, noor, "a", note(20))
		}, `date by ""`},
		{"its date, at a sweep", func(t *testing.T, r *room) {
			r.time = lastDay
			r.fresh()
			if err := r.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, `date by ""`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			r.laid(t, "a")
			r.laid(t, "b")
			gone, other := r.sealed(t, "a"), r.sealed(t, "b")
			if r.readBy(t, amira, "a") != many || len(gone) < 50 || r.left(t, gone) < most(gone) {
				t.Fatalf("%d lines, %d things sealed, %d found", r.readBy(t, amira, "a"), len(gone), r.left(t, gone))
			}
			r.time = r.time.Add(time.Hour)
			c.end(t, r)
			if got := r.left(t, gone); got != 0 {
				t.Errorf("%d of %d sealed things are left in the files", got, len(gone))
			}
			if got := r.ends(t, "a"); fmt.Sprint(got) != fmt.Sprint([]string{c.want}) {
				t.Errorf("it went %v", got)
			}
			if c.want == `not_all by ""` {
				if got := r.left(t, other); got < most(other) || len(r.ends(t, "b")) != 0 {
					t.Error("the transcript of another alliance went as well")
				}
			}
			r.sound(t, "a")
			r.reopen(t, nil)
			r.sound(t, "a")
			if got := r.left(t, gone); got != 0 {
				t.Errorf("%d sealed things are back after a restart", got)
			}
		})
	}
}

// The program ends after the fact and before the key is destroyed, or the
// disk says no: nobody sees a line, nobody's wish is refused for it, and the
// next sweep finishes it.
func TestWhatWasLeftHalfDoneIsFinished(t *testing.T) {
	broken := errors.New("the disk is on fire")
	for name, again := range map[string]func(t *testing.T, r *room){
		"after a restart":      func(t *testing.T, r *room) { r.reopen(t, nil) },
		"in the same program":  func(t *testing.T, r *room) { r.log.erase = nil },
		"after it left memory": func(t *testing.T, r *room) { r.log.erase = nil; begin(t, r.Workspace, "b") },
	} {
		t.Run(name, func(t *testing.T) {
			if name == "after a restart" {
				eachstore.SQLiteOnly(t, "a key that was destroyed right before a program ended stays in PostgreSQL's files until another one of its partition is")
			}
			r := newRoom(t)
			r.laid(t, "a")
			gone := r.sealed(t, "a")
			r.log.erase = broken
			must(t, r.Workspace, noor, "a", command(20, samenspel.AnswerTranscript{Transcript: reading}))
			if r.readBy(t, amira, "a") != 0 || r.left(t, gone) == 0 { // the key is there still
				t.Fatal("they see it, or it was destroyed after all")
			}
			if err := r.Sweep(t.Context()); !errors.Is(err, broken) {
				t.Errorf("a sweep that cannot finish: %v", err)
			}
			again(t, r)
			for range 2 { // a second time changes nothing
				if err := r.Sweep(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if got := r.left(t, gone); got != 0 {
				t.Errorf("%d sealed things are left", got)
			}
			if got := r.ends(t, "a"); len(got) != 1 {
				t.Errorf("it went %v", got)
			}
			r.sound(t, "a")
		})
	}
}

// When nothing can be written its date counts all the same.
func TestADateCountsOnAFullDisk(t *testing.T) {
	r := newRoom(t)
	r.laid(t, "a")
	r.time, r.log.append = lastDay, workspace.ErrFull
	if got := r.readBy(t, noor, "a"); got != 0 {
		t.Errorf("%d lines are seen after their date", got)
	}
	if err := r.Sweep(t.Context()); !errors.Is(err, workspace.ErrFull) {
		t.Errorf("a sweep on a full disk: %v", err)
	}
	r.log.append = nil
	if err := r.Sweep(t.Context()); err != nil || len(r.ends(t, "a")) != 1 {
		t.Errorf("a sweep after it: %v, %v", err, r.ends(t, "a"))
	}
}

// Whoever looks is told, and what was done to a transcript that is gone can
// neither be undone nor stop anybody else.
func TestAfterItIsGone(t *testing.T) {
	r := newRoom(t)
	r.laid(t, "a")
	watch := r.Watch("a")
	defer watch.Close()
	r.time = lastDay
	if err := r.Sweep(t.Context()); err != nil || !signalled(watch) {
		t.Errorf("a sweep: %v, and nobody was told", err)
	}
	for n, who := range map[int]samenspel.PersonID{15: noor, 16: amira} {
		err := r.Do(t.Context(), who, "a", command(n+20, samenspel.Undo{Command: commandID(n)}))
		if !errors.Is(err, &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.undo_gone"}) {
			t.Errorf("undo of %d: %v", n, err)
		}
	}
	if seen := see(t, r.Workspace, noor, "a"); seen.Undo != "" || len(seen.Transcripts) != 0 {
		t.Errorf("Noor may undo %q and sees %d transcripts", seen.Undo, len(seen.Transcripts))
	}
	must(t, r.Workspace, amira, "a", command(40, samenspel.AskTranscript{Dialogue: talk, Until: lastDay.AddDate(0, 0, 7)}))
	must(t, r.Workspace, noor, "a", command(41, samenspel.AnswerTranscript{Transcript: samenspel.TranscriptID(commandID(40)), Yes: true}))
	if tr := see(t, r.Workspace, noor, "a").Transcript(talk); tr == nil || !tr.MayLay {
		t.Error("it cannot be asked again")
	}
}

// A sweep reads only the alliances that hold a transcript.
func TestASweepLeavesTheOthersAlone(t *testing.T) {
	r := newRoom(t)
	begin(t, r.Workspace, "b")
	r.laid(t, "a")
	r.fresh()
	if err := r.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := r.Loaded(); got != 1 {
		t.Errorf("%d alliances were read", got)
	}
	if r.readBy(t, noor, "a") != many {
		t.Error("a sweep before its date took it")
	}
}
