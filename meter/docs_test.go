package meter_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"samenspel/meter"
)

// TestWhatIsWatchedIsThere: each number in the documentation and in the rules for
// alerts is one that the program gives, and each that it gives is explained.
func TestWhatIsWatchedIsThere(t *testing.T) {
	m := meter.New()
	for _, g := range meter.Gauges {
		m.Read(g, func() float64 { return 1 })
	}
	m.Route("GET", "/").Answered(200, 1)
	name := regexp.MustCompile(`\bsamenspel_[a-z_]+`)
	given := map[string]bool{}
	for _, found := range name.FindAllString(text(m), -1) {
		given[series(found)] = true
	}
	for _, file := range []string{"../docs/operate.md", "../docs/alerts.yml"} {
		said, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		named := map[string]bool{}
		for _, found := range name.FindAllString(string(said), -1) {
			if named[series(found)] = true; !given[series(found)] {
				t.Errorf("%s names %s, which is not given", file, found)
			}
		}
		for one := range given {
			if strings.HasSuffix(file, ".md") && !named[one] {
				t.Errorf("%s does not say what %s is", file, one)
			}
		}
	}
}

// series is the name of a number without what a histogram puts behind it.
func series(name string) string {
	for _, end := range []string{"_bucket", "_sum", "_count"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}
