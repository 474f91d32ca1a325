/// Programs to start from. The README shows them, and the tests run them.
package dev.anyrate.demo.example;
