package arch

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asked is how many requirements ASVS 5.0.0 has at each level.
var asked = map[string]int{"1": 70, "2": 183, "3": 92}

// asvsStates are how far a requirement can be, in the order of the summary.
var asvsStates = []string{"met", "part", "open", "n/a", "operator"}

var (
	asvsRow   = regexp.MustCompile(`^\| (\d+)\.(\d+)\.(\d+) \| (\d) \| ([^|]+) \| ([^|]+) \|$`)
	asvsTotal = regexp.MustCompile(`^\| ([123]) \| ((?:\d+ \| )+)(\d+) \|$`)
)

// TestTheASVSIsCounted holds docs/asvs.md against itself: each requirement of
// the standard has one row, and the numbers above the rows are of the rows.
func TestTheASVSIsCounted(t *testing.T) {
	here := repository(t)
	at := slices.IndexFunc(here.files, func(f file) bool { return f.path == "docs/asvs.md" })
	if at < 0 {
		t.Fatal("docs/asvs.md is not there")
	}
	for _, complaint := range asvs(here.files[at].text, asked) {
		t.Errorf("docs/asvs.md: %s", complaint)
	}
}

// asvs says what is wrong with the rows and their numbers.
func asvs(text string, asked map[string]int) (complaints []string) {
	complain := func(format string, args ...any) { complaints = append(complaints, fmt.Sprintf(format, args...)) }
	counted, said := map[string]map[string]int{}, map[string][]string{}
	var before [3]int
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if total := asvsTotal.FindStringSubmatch(line); total != nil {
			said[total[1]] = append(strings.Split(strings.TrimSuffix(total[2], " | "), " | "), total[3])
		}
		row := asvsRow.FindStringSubmatch(line)
		if row == nil {
			if strings.HasPrefix(line, "| ") && regexp.MustCompile(`^\| \d+\.\d+`).MatchString(line) {
				complain("no row of five cells: %s", line)
			}
			continue
		}
		var id [3]int
		for i := range id {
			id[i], _ = strconv.Atoi(row[i+1]) // digits
		}
		if !follows(before, id) {
			complain("%v comes behind %v", id, before)
		}
		if before = id; !slices.Contains(asvsStates, row[5]) {
			complain("%v is %q", id, row[5])
		}
		if counted[row[4]] == nil {
			counted[row[4]] = map[string]int{}
		}
		counted[row[4]][row[5]]++
	}
	for level, want := range asked {
		var sum int
		var numbers []string
		for _, state := range asvsStates {
			sum += counted[level][state]
			numbers = append(numbers, strconv.Itoa(counted[level][state]))
		}
		if sum != want {
			complain("level %s has %d rows, and %d requirements", level, sum, want)
		}
		if diff := cmp.Diff(append(numbers, strconv.Itoa(sum)), said[level]); diff != "" {
			complain("the numbers of level %s (- rows, + said):\n%s", level, diff)
		}
	}
	return complaints
}

// follows reports whether one id can stand behind another: the next one, or the
// first of the next section or chapter.
func follows(before, id [3]int) bool {
	switch {
	case id[0] == before[0] && id[1] == before[1]:
		return id[2] == before[2]+1
	case id[0] == before[0]:
		return id[1] == before[1]+1 && id[2] == 1
	}
	return id[0] == before[0]+1 && id[1] == 1 && id[2] == 1
}

// TestTheASVSComplains: rows that are wrong do not count as right.
func TestTheASVSComplains(t *testing.T) {
	few := map[string]int{"1": 1, "2": 2}
	good := "| 1 | 1 | 0 | 0 | 0 | 0 | 1 |\n| 2 | 1 | 0 | 1 | 0 | 0 | 2 |\n" +
		"| 1.1.1 | 1 | met | here |\n| 1.1.2 | 2 | met | here |\n| 1.2.1 | 2 | open | nowhere |\n"
	if got := asvs(good, few); len(got) > 0 {
		t.Errorf("good rows: %q", got)
	}
	for name, change := range map[string][2]string{
		"a row that is gone":     {"| 1.1.2 | 2 | met | here |\n", ""},
		"a row twice":            {"| 1.1.2 |", "| 1.1.1 |"},
		"a gap":                  {"| 1.2.1 |", "| 1.2.2 |"},
		"another state":          {"open", "nearly"},
		"another level":          {"| 1.1.2 | 2 |", "| 1.1.2 | 1 |"},
		"a number that is wrong": {"| 2 | 1 | 0 | 1 |", "| 2 | 2 | 0 | 0 |"},
		"a sum that is wrong":    {"| 0 | 0 | 2 |", "| 0 | 0 | 3 |"},
		"a cell too many":        {"| met | here |", "| met | here | there |"},
	} {
		if bad := strings.Replace(good, change[0], change[1], 1); bad == good || len(asvs(bad, few)) == 0 {
			t.Errorf("%s: no complaint about\n%s", name, bad)
		}
	}
}
