package relational

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"samenspel/accesslog"
)

// asked are the conditions of a question, and the parameters in them.
func asked(q accesslog.Question) (where string, args []any) {
	var conditions []string
	is := func(condition string, value any) {
		args = append(args, value)
		conditions = append(conditions, condition+"$"+strconv.Itoa(len(args)))
	}
	first, last := int64(0), int64(math.MaxInt64)
	if !q.From.IsZero() {
		first = q.From.UnixMilli()
	}
	if !q.Until.IsZero() {
		last = q.Until.UnixMilli()
	}
	if q.Behind.N > 0 {
		last = min(last, q.Behind.At.UnixMilli())
	}
	is("at >= ", first)
	is("at <= ", last)
	for _, one := range []struct{ name, value string }{
		{"device", q.Device}, {"kind", string(q.Kind)}, {"outcome", string(q.Outcome)},
		{"alliance", string(q.Alliance)}, {"person", string(q.Person)}, {"session", q.Session},
	} {
		if one.value != "" {
			is(one.name+" = ", one.value)
		}
	}
	if isRare(q) { // says to the database that an index of these alone will do
		conditions = append(conditions, "kind <> 'read'", "kind <> 'rights'")
	}
	if isNo(q) {
		conditions = append(conditions, "outcome <> 'done'")
	}
	if q.Behind.N > 0 {
		args = append(args, q.Behind.At.UnixMilli(), q.Behind.N)
		conditions = append(conditions, fmt.Sprintf("(at < $%d OR n < $%d)", len(args)-1, len(args)))
	}
	return strings.Join(conditions, " AND "), args
}

// isRare reports whether a question is about something else than looks and
// changes of rights, which nearly all lines are.
func isRare(q accesslog.Question) bool {
	return q.Kind != "" && q.Kind != accesslog.Read && q.Kind != accesslog.Rights
}

// isNo reports whether a question is about what did not come to be.
func isNo(q accesslog.Question) bool { return q.Outcome != "" && q.Outcome != accesslog.Done }

// indexFor gives the index with the fewest lines for a question. SQLite cannot
// know which that is. One of sessions there is not: a session is its person's, and
// who does not say whose it is has all moments gone through.
func indexFor(q accesslog.Question) string {
	switch {
	case isNo(q):
		return "access_outcome"
	case isRare(q):
		return "access_kind"
	case q.Person != "":
		return "access_person"
	case q.Alliance != "":
		return "access_alliance"
	}
	return "access_at"
}

// Find gives the lines that a question is about.
func (t *Tables) Find(ctx context.Context, q accesslog.Question) ([]accesslog.Line, error) {
	where, args := asked(q)
	lines, err := every(ctx, t, scanLine, `SELECT `+lineColumns+` FROM access_line`+t.dialect.Index(indexFor(q))+` WHERE `+where+`
		ORDER BY at DESC, n DESC LIMIT `+numbers(len(args)+1, 1), append(args, max(0, q.Most))...)
	if err != nil {
		return nil, fmt.Errorf("search the access log: %w", err)
	}
	return lines, nil
}

// Sum gives what the lines of a question come to.
func (t *Tables) Sum(ctx context.Context, q accesslog.Question) ([]accesslog.Sum, error) {
	where, args := asked(q)
	sums, err := every(ctx, t, func(r scanner) (s accesslog.Sum, err error) {
		var first, last int64
		err = r.Scan(&s.Person, &s.Role, &s.Staff, &s.Session, &s.Alliance, &s.About, &s.Kind, &s.What, &s.Outcome, &s.Count, &first, &last)
		s.First, s.Last = moment(first), moment(last)
		return s, err
	}, `
		SELECT person, role, staff, session, alliance, about, kind, what, outcome, count(*), min(at), max(at)
		FROM (SELECT * FROM access_line`+t.dialect.Index(indexFor(q))+` WHERE `+where+`
			ORDER BY at DESC, n DESC LIMIT `+numbers(len(args)+1, 1)+`) AS newest
		GROUP BY person, role, staff, session, alliance, about, kind, what, outcome
		ORDER BY max(at) DESC, alliance, about, what, session LIMIT `+numbers(len(args)+2, 1), append(args, accesslog.MostSummed, max(0, q.Most))...)
	if err != nil {
		return nil, fmt.Errorf("sum up the access log: %w", err)
	}
	return sums, nil
}
