package annomi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens/annomi"
)

const head = "mi_quality,transcript_id,video_title,video_url,topic,utterance_id,interlocutor,timestamp,utterance_text,annotator_id," +
	"therapist_input_exists,therapist_input_subtype,reflection_exists,reflection_subtype,question_exists,question_subtype,main_therapist_behaviour,client_talk_type\n"

// Two invented rows.
const two = `high,0,T,v1,tea,0,therapist,00:00:01,"Would you, perhaps, like tea?",3,False,n/a,False,n/a,True,closed,question,n/a
high,0,T,v1,tea,1,client,00:00:03,I want less tea.,3,n/a,n/a,n/a,n/a,n/a,n/a,n/a,change
`

func TestRead(t *testing.T) {
	rows, err := annomi.Read(strings.NewReader("\ufeff"+head+two), "tea.csv")
	if err == nil {
		want := []annomi.Row{
			{Video: "v1", Transcript: "0", Reader: "3", Therapist: true, Text: "Would you, perhaps, like tea?",
				Behaviour: "question", Question: "yes", Kind: "closed", Reflection: "no"},
			{Video: "v1", Transcript: "0", Reader: "3", Text: "I want less tea.", Talk: "change"},
		}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Error(diff)
		}
	} else {
		t.Error(err)
	}
	columns := strings.Split(strings.TrimSpace(head), ",")
	cells := strings.Split("high,0,T,v1,tea,1,client,00:00:03,I want less tea.,3,n/a,n/a,n/a,n/a,n/a,n/a,n/a,change", ",")
	slices.Reverse(columns)
	slices.Reverse(cells)
	turned, err := annomi.Read(strings.NewReader(strings.Join(columns, ",")+"\n"+strings.Join(cells, ",")), "turned.csv")
	if err != nil || !cmp.Equal(rows[1:], turned) {
		t.Errorf("columns in another order: %v, %v", turned, err)
	}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"", "tea.csv: empty, want the columns of AnnoMI"},
		{head, "tea.csv: columns and no rows"},
		{strings.Replace(head, "client_talk_type", "talk", 1) + two, "tea.csv:1: no column client_talk_type"},
		{head + strings.Replace(two, "change", "secret words", 1), "tea.csv:3: column client_talk_type: want one of n/a, change, neutral, sustain"},
		{head + strings.Replace(two, ",therapist,", ",doctor,", 1), "tea.csv:2: column interlocutor: want one of therapist, client"},
		{head + strings.Replace(two, ",v1,", ",,", 1), "tea.csv:2: column video_url: empty"},
		{head + "secret,words\n", "tea.csv:2: column 1: wrong number of fields"},
		{head + two + `high,"secret`, `tea.csv:4: column 13: extraneous or missing " in quoted-field`},
		{head + strings.Replace(two, "less tea", strings.Repeat("x", 20_001), 1), "tea.csv:3: column utterance_text: more than 20000 bytes"},
		{head + strings.Repeat(two, 60_000), "tea.csv: more than 100000 rows"},
	} {
		_, err := annomi.Read(strings.NewReader(c.file), "tea.csv")
		if err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// endless is a file without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestReadIsBounded(t *testing.T) {
	if _, err := annomi.Read(endless{}, "endless.csv"); err == nil {
		t.Error("no error")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(head + two)
	f.Add(head + `high,"secret`)
	f.Fuzz(func(t *testing.T, file string) {
		rows, err := annomi.Read(strings.NewReader(file), "f.csv")
		if (err == nil) != (len(rows) > 0) {
			t.Fatalf("%d rows and error %v", len(rows), err)
		}
		for _, r := range rows {
			if r.Video == "" || len(r.Text) > 20_000 {
				t.Fatal("a row out of bounds")
			}
		}
	})
}
