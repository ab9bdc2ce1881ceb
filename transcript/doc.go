// Package transcript reads the file of a conversation: who spoke, what they
// said and, where the file knows it, when. It takes what speech recognition and
// office programs write (WebVTT, SRT, the JSON of Whisper and WhisperX, DOCX),
// text typed by hand, and the JSON Lines of the codebook.
//
// A file comes from outside and may be anything. So the form is found by what
// stands in the file and never by its name, everything that is read has a
// bound, and what cannot be read is an [Error] that says where and what was
// expected. Whatever is left out is counted ([Recording.Skips]). No error holds
// a word of what was said.
package transcript
