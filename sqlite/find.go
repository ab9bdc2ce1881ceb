package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"

	"samenspel/accesslog"
)

// asked are the conditions of a question, and the index that serves it best:
// the one with the fewest lines. SQLite cannot know which that is.
func asked(q accesslog.Question) (from, where string, args []any) {
	index := "access_at"
	conditions := []string{"at >= @from", "at <= @until"}
	for _, one := range []struct {
		name, value, index string
	}{
		{"device", q.Device, "access_device"},
		{"kind", string(q.Kind), "access_kind"},
		{"outcome", string(q.Outcome), "access_outcome"},
		{"alliance", string(q.Alliance), "access_alliance"},
		{"person", string(q.Person), "access_person"},
		{"session", q.Session, "access_session"},
	} {
		if one.value == "" {
			continue
		}
		conditions = append(conditions, one.name+" = @"+one.name)
		args = append(args, sql.Named(one.name, one.value))
		switch {
		case one.value == string(accesslog.Read) && one.name == "kind", one.value == string(accesslog.Done) && one.name == "outcome":
			continue // nearly all are
		case one.name == "kind":
			conditions = append(conditions, "kind <> 'read'")
		case one.name == "outcome":
			conditions = append(conditions, "outcome <> 'done'")
		}
		index = one.index
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
		conditions = append(conditions, "(at < @at OR n < @n)")
		args = append(args, sql.Named("at", q.Behind.At.UnixMilli()), sql.Named("n", q.Behind.N))
	}
	args = append(args, sql.Named("from", first), sql.Named("until", last), sql.Named("most", max(0, q.Most)))
	return "access_line INDEXED BY " + index, strings.Join(conditions, " AND "), args
}

// Find gives the lines that a question is about.
func (db *DB) Find(ctx context.Context, q accesslog.Question) ([]accesslog.Line, error) {
	from, where, args := asked(q)
	lines, err := ask(ctx, db, `SELECT `+lineColumns+` FROM `+from+` WHERE `+where+`
		ORDER BY at DESC, n DESC LIMIT @most`, args, scanLine)
	if err != nil {
		return nil, fmt.Errorf("search the access log: %w", err)
	}
	return lines, nil
}

// Sum gives what the lines of a question come to.
func (db *DB) Sum(ctx context.Context, q accesslog.Question) ([]accesslog.Sum, error) {
	from, where, args := asked(q)
	sums, err := ask(ctx, db, `
		SELECT person, role, staff, session, alliance, about, kind, what, outcome, count(*), min(at), max(at)
		FROM `+from+` WHERE `+where+`
		GROUP BY person, role, staff, session, alliance, about, kind, what, outcome
		ORDER BY max(at) DESC, alliance, about, what, session LIMIT @most`, args,
		func(r *sql.Rows) (s accesslog.Sum, err error) {
			var first, last int64
			err = r.Scan(&s.Person, &s.Role, &s.Staff, &s.Session, &s.Alliance, &s.About, &s.Kind, &s.What, &s.Outcome, &s.Count, &first, &last)
			s.First, s.Last = moment(first), moment(last)
			return s, err
		})
	if err != nil {
		return nil, fmt.Errorf("sum up the access log: %w", err)
	}
	return sums, nil
}

// ask reads the rows of a query that is not always the same.
func ask[T any](ctx context.Context, db *DB, query string, args []any, scan func(*sql.Rows) (T, error)) ([]T, error) {
	prepared, err := db.read.PrepareContext(ctx, query)
	if err != nil {
		return nil, fault(err)
	}
	defer prepared.Close()
	return rows(ctx, prepared, scan, args...)
}
