package account

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"samenspel"
)

// ErrStep answers a step of signing in that is over, was taken before, or that
// no page of this door gave.
var ErrStep = errors.New("account: begin to sign in again")

// stepLimit is how long somebody has for the second step, and for setting up
// a second factor.
const stepLimit = 10 * time.Minute

// mostForm is the longest text that is looked at as a step, in bytes.
const mostForm = 4096

// ticket is what the first step gives for the second. It travels sealed in the
// form, so that nothing is kept of somebody who goes away halfway.
type ticket struct {
	Mark   []byte             `json:"m"` // by which it works once
	Person samenspel.PersonID `json:"p"`
	Until  int64              `json:"u"`
	New    *credentialForm    `json:"n,omitempty"` // of setting up
}

// The purposes of a ticket. One of the first opens nothing of the second.
const (
	signingIn = "second step of signing in"
	settingUp = "setting up a password"
)

// give seals a ticket.
func (d *Door) give(purpose string, t ticket) (string, error) {
	t.Mark, t.Until = draw(linkBytes), d.now().Add(stepLimit).UnixMilli()
	plain, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("account: write a step: %w", err)
	}
	sealed, err := d.Sealer.Seal(purpose, plain)
	if err != nil {
		return "", fmt.Errorf("account: seal a step: %w", err)
	}
	return form.EncodeToString(sealed), nil
}

// take opens a ticket, and gives ErrStep for what is none or is over.
func (d *Door) take(purpose, text string) (t ticket, once Once, err error) {
	if len(text) > mostForm {
		return ticket{}, Once{}, ErrStep
	}
	sealed, err := form.DecodeString(text)
	if err != nil {
		return ticket{}, Once{}, ErrStep
	}
	plain, err := d.Sealer.Open(purpose, sealed)
	if err != nil || json.Unmarshal(plain, &t) != nil {
		return ticket{}, Once{}, ErrStep
	}
	once = Once{Mark: sha256.Sum256(t.Mark), Until: time.UnixMilli(t.Until).UTC()}
	if !d.now().Before(once.Until) {
		return ticket{}, Once{}, ErrStep
	}
	return t, once, nil
}

// nameMark is all that is kept of a sign-in name.
func (d *Door) nameMark(name string) Hash { return d.Marker.Mark("sign-in name", []byte(name)) }

// try counts a try at a name and gives a [TooSoonError] when it is closed.
func (d *Door) try(ctx context.Context, name Hash) error {
	now := d.now()
	before, err := d.Credentials.TryName(ctx, name, now)
	if err == nil && !before.Open(now) {
		err = &TooSoonError{before.Until}
	}
	return err
}

// decoy is looked at where nobody signs in by a name: so it takes the same
// work, and tells nobody that there is none.
var decoy = Credential{Salt: make([]byte, saltLen), Cost: ordinary}

// FirstStep looks at a sign-in name and a password. When they are right it
// gives the step that [Door.SecondStep] wants: a password alone lets nobody
// in. It gives [ErrNoEntry] for a name that nobody has and for a wrong
// password alike, a [TooSoonError] after too many tries, and [ErrBusy].
func (d *Door) FirstStep(ctx context.Context, name, password string) (stepTicket string, err error) {
	spelledName, badName := signName(name)
	if badName != nil {
		spelledName = "" // which nobody can have
	}
	mark := d.nameMark(spelledName)
	if err := d.try(ctx, mark); err != nil {
		return "", err
	}
	c, err := d.Credentials.CredentialOf(ctx, mark)
	found := err == nil
	if errors.Is(err, ErrNoEntry) {
		c, err = decoy, nil
	}
	if err != nil {
		return "", err
	}
	text, fits := spelled(password)
	if !fits {
		text = ""
	}
	hash, err := d.Stretcher.Stretch(ctx, []byte(text), c.Salt, c.Cost)
	if err != nil { // it was not looked at: no try
		return "", errors.Join(err, d.Credentials.ForgiveName(context.WithoutCancel(ctx), mark))
	}
	if !equal(hash, c.Hash) || !found || !fits {
		return "", ErrNoEntry
	}
	if err := d.Credentials.ForgiveName(ctx, mark); err != nil {
		return "", err
	}
	return d.give(signingIn, ticket{Person: c.Person})
}

// SecondStep looks at a code of the second factor, or a recovery code, and
// lets in whoever took the first step. It gives [ErrStep] when that is to be
// taken again, [ErrNoEntry] for a wrong code, and a [TooSoonError].
func (d *Door) SecondStep(ctx context.Context, stepTicket, code string, how How) (token string, s Session, err error) {
	t, once, err := d.take(signingIn, stepTicket)
	if err != nil {
		return "", Session{}, err
	}
	c, err := d.Credentials.Credential(ctx, t.Person)
	if errors.Is(err, ErrNoEntry) {
		err = ErrStep // taken away since
	}
	if err != nil {
		return "", Session{}, err
	}
	if err := d.try(ctx, c.Name); err != nil {
		return "", Session{}, err
	}
	proof, err := d.proof(c, code)
	if err != nil {
		return "", Session{}, err
	}
	proof.Once = once
	how.By = ByPassword
	token, a, err := d.arrival(ctx, Person{ID: c.Person}, how)
	if err != nil {
		return "", Session{}, err
	}
	if err := d.Credentials.Prove(ctx, proof, a); err != nil {
		return "", Session{}, err
	}
	return token, a.Session, nil
}

// proof is what a code proves, or ErrNoEntry.
func (d *Door) proof(c Credential, code string) (Proof, error) {
	p := Proof{Name: c.Name}
	if plain := plainCode(code); isStep(plain) {
		secret, err := d.Sealer.Open(SealOfFactor(c.Person), c.Factor)
		if err != nil {
			return Proof{}, fmt.Errorf("account: open a second factor: %w", err)
		}
		number, ok, err := matching(secret, plain, c.Step, d.now())
		if err == nil && !ok {
			err = ErrNoEntry
		}
		p.Step = number
		return p, err
	}
	recovery, ok := parseRecovery(code)
	if !ok {
		return Proof{}, ErrNoEntry
	}
	p.Recovery = d.recoveryMark(c.Person, recovery)
	return p, nil
}

// Stepping tells who is about to take the second step, or gives [ErrStep].
func (d *Door) Stepping(stepTicket string) (samenspel.PersonID, error) {
	t, _, err := d.take(signingIn, stepTicket)
	return t.Person, err
}
