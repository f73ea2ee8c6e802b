package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	maxConfig = 4 << 20
	maxLayers = 256
)

// image is one of the engine's images, as its overlay2 store keeps it.
type image struct {
	root   string
	config config
	stored []stored // one for each of config.RootFS.DiffIDs, lowest first
}

type config struct {
	History []struct {
		CreatedBy string `json:"created_by"`
		Empty     bool   `json:"empty_layer"`
	} `json:"history"`
	RootFS struct {
		DiffIDs []string `json:"diff_ids"`
	} `json:"rootfs"`
}

// stored is a layer: the directory of its files, and its size by the engine's
// count. A base layer came with the session.
type stored struct {
	dir  string
	size int64
	base bool
}

// openImage reads an image's configuration by its id, "sha256:…", and finds its layers.
func openImage(root, id string) (*image, error) {
	hash, ok := strings.CutPrefix(id, "sha256:")
	if !ok || !isHex(hash) {
		return nil, errors.New("not an image's id")
	}
	text, err := readSmall(filepath.Join(root, "image/overlay2/imagedb/content/sha256", hash), maxConfig)
	if err != nil {
		return nil, err
	}
	img := &image{root: root}
	if err := json.Unmarshal(text, &img.config); err != nil {
		return nil, err
	}
	diffs := img.config.RootFS.DiffIDs
	if len(diffs) > maxLayers {
		return nil, errors.New("too many layers")
	}
	chain := ""
	for _, diff := range diffs {
		chain = chainID(chain, diff)
		layer, err := img.layer(chain)
		if err != nil {
			return nil, err
		}
		img.stored = append(img.stored, layer)
	}
	return img, nil
}

// chainID names a layer together with those below it: OCI image specification, Layer ChainID.
func chainID(below, diff string) string {
	if below == "" {
		return diff
	}
	sum := sha256.Sum256([]byte(below + " " + diff))
	return "sha256:" + hex.EncodeToString(sum[:])
}

func (img *image) layer(chain string) (stored, error) {
	hash, ok := strings.CutPrefix(chain, "sha256:")
	if !ok || !isHex(hash) {
		return stored{}, errors.New("not a layer's id")
	}
	db := filepath.Join(img.root, "image/overlay2/layerdb/sha256", hash)
	cache, err := readSmall(filepath.Join(db, "cache-id"), 128)
	if err != nil {
		return stored{}, err
	}
	name := strings.TrimSpace(string(cache))
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return stored{}, errors.New("not a layer's directory")
	}
	size, err := readSmall(filepath.Join(db, "size"), 32)
	if err != nil {
		return stored{}, err
	}
	bytes, err := strconv.ParseInt(strings.TrimSpace(string(size)), 10, 64)
	if err != nil {
		return stored{}, err
	}
	_, err = os.Lstat(filepath.Join("/golden/overlay2", name))
	return stored{dir: filepath.Join(img.root, "overlay2", name, "diff"), size: max(bytes, 0), base: err == nil}, nil
}

func isHex(hash string) bool {
	return len(hash) == 64 && strings.Trim(hash, "0123456789abcdef") == ""
}
