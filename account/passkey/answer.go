package passkey

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"

	"samenspel/account"
)

// MostAnswer is the longest answer of a browser that is looked at, in bytes. A
// device with a large key stays far below it.
const MostAnswer = 16 << 10

// form is how bytes are written in an answer.
var form = base64.RawURLEncoding.Strict()

// Made is a new passkey as a browser hands it in. Nothing of it was checked
// yet.
type Made struct {
	Challenge  []byte // that it says it was made for
	said       *protocol.ParsedCredentialCreationData
	transports []string
}

// Shown is a passkey as a browser shows it. Nothing of it was checked yet.
type Shown struct {
	Challenge    []byte // that it says it was shown for
	CredentialID []byte
	said         *protocol.ParsedCredentialAssertionData
}

// ParseMade reads the answer to [Party.ToMake], or gives [account.ErrNoEntry].
func ParseMade(answer string) (*Made, error) {
	var a struct {
		ID, Client, Object string
		Transports         []string
	}
	if err := parse(answer, &a); err != nil {
		return nil, err
	}
	id, client, object := bytesOf(a.ID), bytesOf(a.Client), bytesOf(a.Object)
	if id == nil || client == nil || object == nil {
		return nil, account.ErrNoEntry
	}
	response := protocol.CredentialCreationResponse{PublicKeyCredential: credential(a.ID, id)}
	response.AttestationResponse.ClientDataJSON = client
	response.AttestationResponse.AttestationObject = object
	said, err := response.Parse()
	if err != nil {
		return nil, account.ErrNoEntry
	}
	challenge := bytesOf(said.Response.CollectedClientData.Challenge)
	if challenge == nil {
		return nil, account.ErrNoEntry
	}
	return &Made{Challenge: challenge, said: said, transports: knownWays(a.Transports)}, nil
}

// ParseShown reads the answer to [Party.ToShow], or gives [account.ErrNoEntry].
func ParseShown(answer string) (*Shown, error) {
	var a struct{ ID, Client, Data, Signature, User string }
	if err := parse(answer, &a); err != nil {
		return nil, err
	}
	id, client, data := bytesOf(a.ID), bytesOf(a.Client), bytesOf(a.Data)
	signature, user := bytesOf(a.Signature), bytesOf(a.User)
	if id == nil || client == nil || data == nil || signature == nil || user == nil {
		return nil, account.ErrNoEntry
	}
	response := protocol.CredentialAssertionResponse{PublicKeyCredential: credential(a.ID, id)}
	response.AssertionResponse.ClientDataJSON = client
	response.AssertionResponse.AuthenticatorData = data
	response.AssertionResponse.Signature = signature
	response.AssertionResponse.UserHandle = user
	said, err := response.Parse()
	if err != nil {
		return nil, account.ErrNoEntry
	}
	challenge := bytesOf(said.Response.CollectedClientData.Challenge)
	if challenge == nil {
		return nil, account.ErrNoEntry
	}
	return &Shown{Challenge: challenge, CredentialID: id, said: said}, nil
}

func credential(id string, raw []byte) protocol.PublicKeyCredential {
	return protocol.PublicKeyCredential{
		Credential: protocol.Credential{ID: id, Type: string(protocol.PublicKeyCredentialType)}, RawID: raw,
	}
}

// parse reads one JSON object with these fields and no others.
func parse(answer string, into any) error {
	if len(answer) > MostAnswer {
		return account.ErrNoEntry
	}
	d := json.NewDecoder(strings.NewReader(answer))
	d.DisallowUnknownFields()
	if d.Decode(into) != nil {
		return account.ErrNoEntry
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return account.ErrNoEntry
	}
	return nil
}

// bytesOf reads bytes, or gives nil for none and for what is not written as
// bytes are.
func bytesOf(text string) []byte {
	bytes, err := form.DecodeString(text)
	// The decoder skips line ends, which would make a second spelling.
	if err != nil || len(bytes) == 0 || form.EncodeToString(bytes) != text {
		return nil
	}
	return bytes
}
