package qda

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"samenspel/lens"
)

// WriteCSV writes what the readers of conversations gave, one utterance of one
// reader in a row, by RFC 4180. With mark it begins with the mark by which
// Excel knows UTF-8.
//
// A cell that a spreadsheet would take for a formula gets an apostrophe before
// it: words from a file can then set nothing going.
func WriteCSV(w io.Writer, conversations []Conversation, mark bool) error {
	if err := faults(conversations); err != nil {
		return err
	}
	if mark {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return fmt.Errorf("qda: write CSV: %w", err)
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head := []string{"conversation", "reader", "n", "turn", "speaker", "role", "text", "start", "end"}
	for _, f := range lens.Fields() {
		head = append(head, f.String())
	}
	rows := [][]string{head}
	for i := range conversations {
		c := &conversations[i]
		for j := range c.Readings {
			rows = append(rows, c.Readings[j].rows(harmless(c.name(i+1)))...)
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("qda: write CSV: %w", err)
	}
	return nil
}

// rows gives the rows of a reading.
func (r *Reading) rows(conversation string) [][]string {
	rows := make([][]string, len(r.Coded))
	for i := range r.Coded {
		u := &r.Coded[i]
		row := []string{conversation, harmless(r.reader(u)), strconv.Itoa(u.N), strconv.Itoa(u.Turn), harmless(u.Speaker),
			string(u.Role), harmless(u.Text), seconds(u.Start), seconds(u.End)}
		for _, c := range u.Codes {
			row = append(row, string(c))
		}
		rows[i] = row
	}
	return rows
}

// seconds writes a time from the beginning in seconds, empty for none.
func seconds(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return strconv.FormatFloat(d.Seconds(), 'f', -1, 64)
}

// setting are the signs with which a spreadsheet begins a formula, in both
// widths.
const setting = "=+-@＝＋－＠"

// harmless keeps a cell from being a formula. Some programs look past the
// spaces before it, so this does too.
func harmless(cell string) string {
	cell = strings.ToValidUTF8(cell, "\ufffd")
	seen := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' })
	if strings.IndexFunc(cell, isBreak) == 0 || strings.IndexFunc(seen, sets) == 0 {
		return "'" + cell
	}
	return cell
}

func isBreak(r rune) bool { return r == '\t' || r == '\r' || r == '\n' }

func sets(r rune) bool { return strings.ContainsRune(setting, r) }
