package annomi_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens/annomi"
)

// invent makes conversations of sentences that give their code away, most of
// the time, about a subject for each video.
func invent(videos int, name string) []annomi.Row {
	chance := rand.New(rand.NewPCG(uint64(videos), 2))
	pick := func(from ...string) string { return from[chance.IntN(len(from))] }
	var rows []annomi.Row
	for v := range videos {
		subject := pick("tea", "bread", "the garden", "the bus", "singing", "the stairs")
		for range 12 {
			r := annomi.Row{Video: fmt.Sprint(name, v), Transcript: fmt.Sprint(v), Reader: "1", Therapist: true, Question: "no", Reflection: "no"}
			switch chance.IntN(5) {
			case 0:
				r.Behaviour, r.Question, r.Kind = "question", "yes", "open"
				r.Text = "What do you " + pick("like", "think", "want") + " about " + subject + "?"
			case 1:
				r.Behaviour, r.Question, r.Kind = "question", "yes", "closed"
				r.Text = "Do you have " + subject + " " + pick("today", "at home", "often") + "?"
			case 2:
				r.Behaviour, r.Reflection = "reflection", "yes"
				r.Text = "So you " + pick("feel", "find") + " that " + subject + " " + pick("matters.", "is hard.")
			case 3:
				r.Behaviour, r.Text = "therapist_input", "You should try "+subject+" "+pick("every day.", "less.")
			default:
				r.Behaviour, r.Text = "other", pick("Okay.", "Mm-hmm.", "Right.")
			}
			c := annomi.Row{Video: r.Video, Transcript: r.Transcript, Reader: "1"}
			c.Talk = pick("change", "sustain", "neutral")
			c.Text = map[string]string{"change": "I want to stop ", "sustain": "I cannot do without ", "neutral": "There was "}[c.Talk] + subject + "."
			rows = append(rows, r, c)
		}
	}
	return rows
}

func TestBenchReadsVideosNotSeen(t *testing.T) {
	rows := invent(14, "v")
	r, err := annomi.Bench(context.Background(), rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Parts != 10 || r.Videos != 14 || r.Tested != len(rows) || len(r.Tasks) != 10 {
		t.Errorf("%d parts, %d videos, %d rows, %d tasks", r.Parts, r.Videos, r.Tested, len(r.Tasks))
	}
	for _, task := range r.Tasks {
		if task.MacroF1 < 0.9 || task.Kappa < 0.85 {
			t.Errorf("%s, %s: macro-F1 %.2f, kappa %.2f", task.Name, task.Form, task.MacroF1, task.Kappa)
		}
		if task.Interval.Low > task.MacroF1 || task.Interval.High < task.MacroF1 || len(task.Folds) != 10 {
			t.Errorf("%s: %v does not hold %.3f", task.Name, task.Interval, task.MacroF1)
		}
	}
	var table strings.Builder
	if err := r.Print(&table); err != nil || !strings.Contains(table.String(), "client talk              stripped") {
		t.Errorf("%v\n%s", err, table.String())
	}
}

// Codes that have nothing to do with the text are not found.
func TestBenchFindsNothingInNonsense(t *testing.T) {
	rows := invent(14, "v")
	chance := rand.New(rand.NewPCG(1, 1))
	for i := range rows {
		if !rows[i].Therapist {
			rows[i].Talk = []string{"change", "sustain", "neutral"}[chance.IntN(3)]
		}
	}
	r, err := annomi.Bench(context.Background(), rows, invent(10, "w"))
	if err != nil {
		t.Fatal(err)
	}
	if f := r.Tasks[2]; f.Name != "client talk" || f.Kappa > 0.25 {
		t.Errorf("%s has kappa %.2f", f.Name, f.Kappa)
	}
}

func TestBenchOnAnotherFile(t *testing.T) {
	rows, test := invent(12, "v"), invent(6, "w")
	shared := slices.Clone(rows[:24]) // the first video
	r, err := annomi.Bench(context.Background(), rows, append(test, shared...))
	if err != nil {
		t.Fatal(err)
	}
	if r.Parts != 1 || r.LeftOut != 24 || r.Trained != len(rows)-24 || r.Tested != len(test)+24 || r.Videos != 7 {
		t.Errorf("%d parts, %d left out, %d learnt from, %d read, %d videos", r.Parts, r.LeftOut, r.Trained, r.Tested, r.Videos)
	}
	for _, task := range r.Tasks {
		if task.MacroF1 < 0.85 {
			t.Errorf("%s, %s: macro-F1 %.2f", task.Name, task.Form, task.MacroF1)
		}
	}
	again, err := annomi.Bench(context.Background(), rows, append(test, shared...))
	if diff := cmp.Diff(r, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, err := annomi.Bench(context.Background(), rows, rows); err == nil {
		t.Error("trained and tested on the same videos")
	}
}

func TestBenchRefuses(t *testing.T) {
	if _, err := annomi.Bench(context.Background(), invent(9, "v"), nil); err == nil {
		t.Error("nine videos in ten parts")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := annomi.Bench(ctx, invent(12, "v"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
