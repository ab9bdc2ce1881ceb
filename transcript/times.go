package transcript

import (
	"strings"
	"time"
)

// maxHours keeps a time within what a recording can last; it also keeps sums
// of times from running over.
const maxHours = 9999

// clockTime reads h:mm:ss or mm:ss, with a fraction behind a point or a comma,
// from the beginning of a text, and gives what follows.
func clockTime(s string) (at time.Duration, rest string, ok bool) {
	var parts [3]int
	n := 0
	for {
		value, width := digits(s)
		if width == 0 || width > 4 || n > 0 && width > 2 || n > 0 && value > 59 {
			return 0, "", false
		}
		parts[n] = value
		n++
		s = s[width:]
		if n == len(parts) || !strings.HasPrefix(s, ":") {
			break
		}
		s = s[1:]
	}
	if n < 2 || strings.HasPrefix(s, ":") {
		return 0, "", false
	}
	seconds := parts[0]*60 + parts[1]
	if n == 3 {
		seconds = parts[0]*3600 + parts[1]*60 + parts[2]
	}
	at = time.Duration(seconds) * time.Second
	if s != "" && (s[0] == '.' || s[0] == ',') {
		if part, width := fraction(s[1:]); width > 0 {
			return at + part, s[1+width:], true
		}
	}
	return at, s, true
}

// digits reads a number of at most nine digits.
func digits(s string) (value, width int) {
	for width < len(s) && width < 9 && s[width] >= '0' && s[width] <= '9' {
		value = value*10 + int(s[width]-'0')
		width++
	}
	return value, width
}

// fraction reads what stands behind the point of a second.
func fraction(s string) (time.Duration, int) {
	value, width := digits(s)
	if width == 0 {
		return 0, 0
	}
	part := time.Duration(value) * time.Second
	for range width {
		part /= 10
	}
	return part, width
}

// seconds makes a time of a number of seconds, as JSON has it.
func seconds(s float64) (time.Duration, bool) {
	if !(s >= 0 && s <= maxHours*3600) {
		return 0, false
	}
	return time.Duration(s*1e6+.5) * time.Microsecond, true
}

// milliseconds makes a time of a whole number of milliseconds.
func milliseconds(ms float64) (time.Duration, bool) { return seconds(ms / 1000) }

// timing reads "from --> to", with settings behind it.
func timing(line string) (span, bool) {
	from, to, found := strings.Cut(line, "-->")
	if !found {
		return span{}, false
	}
	start, rest, ok := clockTime(strings.TrimSpace(from))
	if !ok || strings.TrimSpace(rest) != "" {
		return span{}, false
	}
	end, rest, ok := clockTime(strings.TrimSpace(to))
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return span{}, false
	}
	return span{timed: true, start: start, end: end}, true
}
